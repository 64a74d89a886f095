package dev.lockstep.cluster;

import dev.lockstep.sync.TargetSecret;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;

/**
 * A Secret as caches keep it: what planning needs of it, and never a value.
 *
 * <p>For an informer's item store: {@code new TransformingItemStore<>(TrimmedSecret::trim)}; what
 * comes back from that informer is read with {@link #target}. Name, namespace, uid, labels and
 * annotations also stand in its metadata, for indexes and mappers, and cannot be changed there.
 */
public final class TrimmedSecret extends Secret {
    private static final long serialVersionUID = 1L;

    private final transient TargetSecret target;

    private TrimmedSecret(Secret secret) {
        this.target = LiveSecret.forCache(secret);
        var metadata = new ObjectMeta();
        metadata.setNamespace(target.namespace());
        metadata.setName(target.name());
        metadata.setUid(target.uid());
        metadata.setResourceVersion(target.resourceVersion());
        metadata.setCreationTimestamp(secret.getMetadata().getCreationTimestamp());
        metadata.setLabels(target.labels());
        metadata.setAnnotations(target.annotations());
        metadata.setFinalizers(List.of());
        metadata.setOwnerReferences(List.of());
        metadata.setManagedFields(List.of());
        metadata.setAdditionalProperties(Map.of());
        setMetadata(metadata);
        setData(Map.of());
        setStringData(Map.of());
        setAdditionalProperties(Map.of());
        setType(target.type());
    }

    /** Without values; one that is trimmed already stays as it is. */
    public static Secret trim(Secret secret) {
        return secret instanceof TrimmedSecret ? secret : new TrimmedSecret(secret);
    }

    /** What is known of a Secret from a cache, or from an event that carries it whole. */
    public static TargetSecret target(Secret secret) {
        return ((TrimmedSecret) trim(secret)).target;
    }
}
