package dev.lockstep.reconcile;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.function.Consumer;

/**
 * Events that come from outside of Kubernetes; and what JOSDK does not reconcile: a primary that is
 * being deleted, or gone.
 */
final class WokenEventSource<P extends HasMetadata> extends SimpleInboundEventSource<P>
        implements ResourceEventAware<P> {
    private Consumer<P> onDeleting = deleting -> {};
    private Consumer<P> onDeleted = deleted -> {};

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

    @Override
    public void onResourceCreated(P created) {
        seen(created);
    }

    @Override
    public void onResourceUpdated(P updated, P before) {
        seen(updated);
    }

    private void seen(P primary) {
        if (primary.isMarkedForDeletion()) {
            onDeleting.accept(primary);
        }
    }

    @Override
    public void onResourceDeleted(P deleted) {
        onDeleted.accept(deleted);
    }
}
