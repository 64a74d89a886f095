package dev.lockstep.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A watch on one object, and what it last showed. */
final class ReferenceWatch<T extends HasMetadata> implements ResourceEventHandler<T> {
    private final SharedIndexInformer<T> informer;
    private final Runnable changed;
    private @Nullable Optional<ReferenceState> shown;
    private @Nullable Optional<ReferenceState> told;
    private boolean closed;

    private ReferenceWatch(SharedIndexInformer<T> informer, Runnable changed) {
        this.informer = informer;
        this.changed = changed;
    }

    /** Begins to watch in the background, and keeps trying. */
    static <T extends HasMetadata> ReferenceWatch<T> open(
            Resource<T> resource, TrimmedStore<T> store, Runnable changed) {
        var informer = resource.runnableInformer(0).itemStore(store);
        var watch = new ReferenceWatch<>(informer, changed);
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
    synchronized Optional<ReferenceState> state() {
        return shown == null ? Optional.empty() : shown;
    }

    /**
     * Somebody was told this from a live read while the watch had not answered: its first answer is
     * then a change if it is another.
     */
    void told(Optional<ReferenceState> state) {
        boolean outdated;
        synchronized (this) {
            told = state;
            outdated = shown != null && !shown.equals(state);
        }
        if (outdated) {
            changed.run();
        }
    }

    @Override
    public void onAdd(T object) {
        show(Optional.of(ReferenceContent.of(object).state()));
    }

    @Override
    public void onUpdate(T before, T object) {
        show(Optional.of(ReferenceContent.of(object).state()));
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

    private void show(Optional<ReferenceState> state) {
        boolean isNews;
        synchronized (this) {
            var before = shown == null ? told : shown;
            isNews = !closed && before != null && !before.equals(state);
            shown = state;
        }
        if (isNews) {
            changed.run();
        }
    }
}
