package dev.lockstep.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A watch on one object, and what it last showed. */
final class ReferenceWatch<T extends HasMetadata, S> implements ResourceEventHandler<T> {
    private final SharedIndexInformer<T> informer;
    private final Function<T, S> state;
    private final Runnable changed;
    private @Nullable Optional<S> shown;
    private @Nullable Optional<S> told;
    private boolean closed;

    private ReferenceWatch(
            SharedIndexInformer<T> informer, Function<T, S> state, Runnable changed) {
        this.informer = informer;
        this.state = state;
        this.changed = changed;
    }

    /**
     * Begins to watch in the background, and keeps trying.
     *
     * @param state what is shown of an object
     */
    static <T extends HasMetadata, S> ReferenceWatch<T, S> open(
            Resource<T> resource, BasicItemStore<T> store, Function<T, S> state, Runnable changed) {
        var informer = resource.runnableInformer(0).itemStore(store);
        var watch = new ReferenceWatch<>(informer, state, changed);
        informer.exceptionHandler((started, failure) -> true).addEventHandler(watch);
        // What does not exist sends no event.
        informer.start()
                .thenRun(
                        () -> {
                            if (store.size() == 0) {
                                watch.show(Optional.empty());
                            }
                        });
        return watch;
    }

    /** Whether the watch has had an answer yet. */
    synchronized boolean isKnown() {
        return shown != null;
    }

    /** Empty when it does not exist. Only where it {@link #isKnown}. */
    synchronized Optional<S> state() {
        return shown == null ? Optional.empty() : shown;
    }

    /**
     * Somebody was told this from a live read while the watch had not answered: its first answer is
     * then a change if it is another.
     */
    void told(Optional<S> live) {
        boolean outdated;
        synchronized (this) {
            told = live;
            outdated = shown != null && !shown.equals(live);
        }
        if (outdated) {
            changed.run();
        }
    }

    @Override
    public void onAdd(T object) {
        show(Optional.of(state.apply(object)));
    }

    @Override
    public void onUpdate(T before, T object) {
        show(Optional.of(state.apply(object)));
    }

    @Override
    public void onDelete(T object, boolean stateIsUnknown) {
        show(Optional.empty());
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        informer.stop();
    }

    private void show(Optional<S> now) {
        boolean isNews;
        synchronized (this) {
            var before = shown == null ? told : shown;
            isNews = !closed && before != null && !before.equals(now);
            shown = now;
        }
        if (isNews) {
            changed.run();
        }
    }
}
