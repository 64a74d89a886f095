package dev.lockstep.reconcile;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.cluster.EsoClusterFinalizers;
import dev.lockstep.cluster.EventRecorder;
import dev.lockstep.sync.WriteFailure;
import io.fabric8.kubernetes.api.model.Namespace;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes ESO's finalizers from ClusterExternalSecrets and from their namespaces, so that both can be
 * deleted after ESO is gone (semantics 20).
 */
public final class EsoClusterTakeOver {
    private static final Logger LOG = LoggerFactory.getLogger(EsoClusterTakeOver.class);

    private final EsoClusterFinalizers finalizers;
    private final EventRecorder events;
    private final Leadership leadership;
    private final Executor executor;

    /** By uid, the resourceVersion that it was taken from. */
    private final Map<String, String> taken = new ConcurrentHashMap<>();

    /**
     * @param executor runs requests, which an informer's own thread must not wait for
     */
    public EsoClusterTakeOver(
            EsoClusterFinalizers finalizers,
            EventRecorder events,
            Leadership leadership,
            Executor executor) {
        this.finalizers = finalizers;
        this.events = events;
        this.leadership = leadership;
        this.executor = executor;
    }

    /** One that comes back on a live object stays: another operator puts it there. */
    void release(ClusterExternalSecret cluster, Collection<Namespace> namespaces) {
        var metadata = cluster.getMetadata();
        var from = taken.get(metadata.getUid());
        if (from == null) {
            releaseNamespaces(metadata.getName(), namespaces);
            if (EsoClusterFinalizers.isOn(cluster) && !logged(finalizers.removeFrom(cluster))) {
                return;
            }
            taken.put(metadata.getUid(), metadata.getResourceVersion());
        } else if (EsoClusterFinalizers.isOn(cluster)
                && !from.equals(metadata.getResourceVersion())) {
            events.warning(
                    cluster,
                    "AnotherOperator",
                    "",
                    "External Secrets Operator serves this ClusterExternalSecret too (its finalizer came back): stop it, or turn ClusterExternalSecrets off in one of the two");
        }
    }

    private void releaseNamespaces(String cluster, Collection<Namespace> namespaces) {
        namespaces.forEach(namespace -> release(namespace, cluster));
    }

    private void release(Namespace namespace, String cluster) {
        var seen = EsoClusterFinalizers.of(namespace);
        if (seen.contains(EsoClusterFinalizers.onNamespacesOf(cluster))) {
            logged(
                    finalizers.removeFrom(
                            namespace.getMetadata().getName(),
                            namespace.getMetadata().getFinalizers(),
                            cluster));
        }
    }

    /** Nothing holds up a deletion; the informer's thread, which calls this, does not wait. */
    void releaseDeleting(ClusterExternalSecret cluster, Collection<Namespace> namespaces) {
        if (leadership.held()) {
            executor.execute(
                    () -> {
                        releaseNamespaces(cluster.getMetadata().getName(), namespaces);
                        if (EsoClusterFinalizers.isOn(cluster)) {
                            logged(finalizers.removeFrom(cluster));
                        }
                    });
        }
    }

    /** A namespace that goes takes its ExternalSecrets with it, whoever has made them. */
    void releaseDeleting(Namespace namespace) {
        if (leadership.held() && namespace.isMarkedForDeletion()) {
            for (var finalizer : EsoClusterFinalizers.of(namespace)) {
                executor.execute(() -> release(namespace, EsoClusterFinalizers.cluster(finalizer)));
            }
        }
    }

    private static boolean logged(Optional<WriteFailure> failure) {
        failure.ifPresent(f -> LOG.warn(f.message()));
        return failure.isEmpty();
    }

    void forget(ClusterExternalSecret cluster) {
        taken.remove(cluster.getMetadata().getUid());
    }
}
