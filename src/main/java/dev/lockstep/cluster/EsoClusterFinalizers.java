package dev.lockstep.cluster;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.sync.WriteFailure;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/**
 * The finalizers that External Secrets Operator leaves on ClusterExternalSecrets, and on the
 * namespaces that they have an ExternalSecret in. Nobody removes them once ESO is gone, so neither
 * could be deleted.
 */
public final class EsoClusterFinalizers {
    public static final String NAME =
            "externalsecrets.external-secrets.io/clusterexternalsecret-cleanup";
    private static final String ON_NAMESPACES = "externalsecrets.external-secrets.io/ces-";

    private final FinalizerRemoval removal;

    public EsoClusterFinalizers(KubernetesClient client) {
        removal = new FinalizerRemoval(client);
    }

    public static boolean isOn(ClusterExternalSecret cluster) {
        return FinalizerRemoval.isOn(cluster, NAME);
    }

    /** The finalizer that a ClusterExternalSecret of that name has on namespaces. */
    public static String onNamespacesOf(String cluster) {
        return ON_NAMESPACES + cluster;
    }

    /** Those of a namespace that are of any ClusterExternalSecret. */
    public static List<String> of(Namespace namespace) {
        return namespace.getMetadata().getFinalizers().stream()
                .filter(finalizer -> finalizer.startsWith(ON_NAMESPACES))
                .toList();
    }

    /** Name of the ClusterExternalSecret that a finalizer of {@link #of} is of. */
    public static String cluster(String finalizer) {
        return finalizer.substring(ON_NAMESPACES.length());
    }

    /**
     * @return why it is still there; empty when it is not
     */
    public Optional<WriteFailure> removeFrom(ClusterExternalSecret cluster) {
        return removal.remove(cluster, NAME);
    }

    /**
     * @param seen all that is known of the namespace's finalizers; there may be others
     * @return why it is still there; empty when it is not
     */
    public Optional<WriteFailure> removeFrom(String namespace, List<String> seen, String cluster) {
        var known =
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .withFinalizers(seen)
                        .endMetadata()
                        .build();
        return removal.remove(known, onNamespacesOf(cluster));
    }
}
