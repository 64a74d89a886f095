package dev.lockstep.cluster;

import dev.lockstep.api.ExternalSecret;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Lets ExternalSecrets go that are being deleted: an informer handler beside the reconciler, which
 * never sees objects that are being deleted without a finalizer of its own.
 */
public final class EsoFinalizerRelease implements ResourceEventHandler<ExternalSecret> {
    private static final Logger LOG = Logger.getLogger(EsoFinalizerRelease.class);

    private final EsoFinalizer finalizer;
    private final Predicate<ExternalSecret> mayAct;
    private final Executor executor;

    /**
     * @param mayAct true only where this process leads and the ExternalSecret is of our class
     * @param executor runs requests, which the client's own threads must not wait for
     */
    public EsoFinalizerRelease(
            EsoFinalizer finalizer, Predicate<ExternalSecret> mayAct, Executor executor) {
        this.finalizer = finalizer;
        this.mayAct = mayAct;
        this.executor = executor;
    }

    @Override
    public void onAdd(ExternalSecret externalSecret) {
        release(externalSecret);
    }

    @Override
    public void onUpdate(ExternalSecret before, ExternalSecret externalSecret) {
        release(externalSecret);
    }

    @Override
    public void onDelete(ExternalSecret externalSecret, boolean stateIsUnknown) {
        // It is gone, and its finalizers with it.
    }

    /** Also for all that the cache holds, when this process becomes the leader. */
    public void release(ExternalSecret externalSecret) {
        if (externalSecret.isMarkedForDeletion() && EsoFinalizer.isOn(externalSecret)) {
            executor.execute(() -> releaseNow(externalSecret));
        }
    }

    /** Whose it is may have to be asked too, of a generator that nobody has looked at. */
    private void releaseNow(ExternalSecret externalSecret) {
        if (mayAct.test(externalSecret)) {
            finalizer.removeFrom(externalSecret).ifPresent(failure -> LOG.warn(failure.message()));
        }
    }
}
