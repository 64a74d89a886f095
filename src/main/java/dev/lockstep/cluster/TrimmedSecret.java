package dev.lockstep.cluster;

import dev.lockstep.sync.TargetSecret;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;

/**
 * A Secret as caches keep it: what planning needs of it, and never a value.
 *
 * <p>For an informer's item store: {@code new TransformingItemStore<>(TrimmedSecret::trim)}; what
 * comes back from that informer is read with {@link #target}. Name, namespace, uid, labels,
 * annotations and the controlling owner also stand in its metadata, for indexes and mappers.
 */
public final class TrimmedSecret extends Secret {
    private static final long serialVersionUID = 1L;

    private final transient TargetSecret target;

    private TrimmedSecret(Secret secret) {
        this.target = LiveSecret.forCache(secret);
        var metadata = secret.getMetadata();
        setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .withResourceVersion(metadata.getResourceVersion())
                        .withLabels(target.labels())
                        .withAnnotations(target.annotations())
                        .withOwnerReferences(
                                metadata.getOwnerReferences().stream()
                                        .filter(o -> Boolean.TRUE.equals(o.getController()))
                                        .toList())
                        .build());
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
