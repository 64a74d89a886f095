package dev.lockstep.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Events that come from outside of Kubernetes; and what JOSDK does not reconcile: a primary that is
 * being deleted, or gone.
 */
final class WokenEventSource<P extends HasMetadata> extends SimpleInboundEventSource<P>
        implements ResourceEventAware<P> {
    private Consumer<P> onDeleting = deleting -> {};
    private Consumer<P> onDeleted = deleted -> {};
    private volatile Listener<P> onSeen = (before, now) -> {};

    /** Told of each primary, whatever of it has changed. */
    interface Listener<P> {
        /**
         * @param before null for one that has come
         * @param now null for one that has gone
         */
        void saw(@Nullable P before, @Nullable P now);
    }

    WokenEventSource() {
        super("woken");
    }

    /** Called once, before the source starts. */
    void onDeleting(Consumer<P> action) {
        onDeleting = action;
    }

    /** Called once, before the source starts. */
    void onDeleted(Consumer<P> action) {
        onDeleted = action;
    }

    void onSeen(Listener<P> listener) {
        onSeen = listener;
    }

    @Override
    public void onResourceCreated(P created) {
        onSeen.saw(null, created);
        seen(created);
    }

    @Override
    public void onResourceUpdated(P updated, P before) {
        onSeen.saw(before, updated);
        seen(updated);
    }

    private void seen(P primary) {
        if (primary.isMarkedForDeletion()) {
            onDeleting.accept(primary);
        }
    }

    @Override
    public void onResourceDeleted(P deleted) {
        onSeen.saw(deleted, null);
        onDeleted.accept(deleted);
    }
}
