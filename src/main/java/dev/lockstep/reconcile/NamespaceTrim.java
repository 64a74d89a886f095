package dev.lockstep.reconcile;

import dev.lockstep.cluster.EsoClusterFinalizers;
import dev.lockstep.sync.TenantNamespace;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import java.util.Map;

/** What is kept of a namespace: its labels, whether it goes, and ESO's finalizers. */
final class NamespaceTrim {
    private NamespaceTrim() {}

    static Namespace trim(Namespace namespace) {
        var metadata = namespace.getMetadata();
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .withLabels(metadata.getLabels())
                .withFinalizers(EsoClusterFinalizers.of(namespace))
                .endMetadata()
                .build();
    }

    /** Whether anything has changed that is kept. */
    static boolean differs(Namespace now, Namespace before) {
        return !labels(now).equals(labels(before))
                || now.isMarkedForDeletion() != before.isMarkedForDeletion()
                || !EsoClusterFinalizers.of(now).equals(EsoClusterFinalizers.of(before));
    }

    static TenantNamespace tenant(Namespace namespace) {
        return new TenantNamespace(
                namespace.getMetadata().getName(),
                labels(namespace),
                namespace.isMarkedForDeletion());
    }

    static Map<String, String> labels(Namespace namespace) {
        var labels = namespace.getMetadata().getLabels();
        return labels == null ? Map.of() : labels;
    }
}
