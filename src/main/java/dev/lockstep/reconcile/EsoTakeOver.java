package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.cluster.EsoFinalizerRelease;
import dev.lockstep.cluster.EventRecorder;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ESO's finalizer from ExternalSecrets that are ours now, so that they can be deleted after
 * ESO is gone (semantics 20).
 */
public final class EsoTakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(EsoTakeOver.class);

    private final EsoFinalizer finalizer;
    private final EventRecorder events;
    private final EsoFinalizerRelease deleting;

    /** By uid, the resourceVersion that it was taken from. */
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    public EsoTakeOver(EsoFinalizer finalizer, EsoFinalizerRelease deleting, EventRecorder events) {
        this.finalizer = finalizer;
        this.deleting = deleting;
        this.events = events;
    }

    /** Nothing holds up a deletion; the informer's thread, which calls this, does not wait. */
    void releaseDeleting(ExternalSecret externalSecret) {
        deleting.release(externalSecret);
    }

    /** One that comes back on a live object stays: another operator puts it there. */
    void release(ExternalSecret externalSecret) {
        if (!EsoFinalizer.isOn(externalSecret)) {
            return;
        }
        var metadata = externalSecret.getMetadata();
        var from = taken.get(metadata.getUid());
        if (from == null) {
            take(externalSecret);
        } else if (!from.equals(metadata.getResourceVersion())) {
            events.warning(
                    externalSecret,
                    "AnotherOperator",
                    "",
                    "External Secrets Operator serves this ExternalSecret too (its finalizer came back): stop it, or give the stores of one of the two operators another spec.controller");
        }
    }

    private void take(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        finalizer
                .removeFrom(externalSecret)
                .ifPresentOrElse(
                        failure -> LOG.warn(failure.message()),
                        () -> taken.put(metadata.getUid(), metadata.getResourceVersion()));
    }

    void forget(ExternalSecret externalSecret) {
        taken.remove(externalSecret.getMetadata().getUid());
    }
}
