package dev.lockstep.reconcile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * What follows from a resource's spec alone, kept until the spec changes: a spec is looked at far
 * more often than it changes, and a store's for each of its ExternalSecrets.
 */
final class ByGeneration<T> {
    private static final Duration UNUSED = Duration.ofHours(1);

    private final Cache<Generation, T> kept =
            Caffeine.newBuilder().expireAfterAccess(UNUSED).build();

    private record Generation(String uid, long generation) {}

    T get(HasMetadata resource, Supplier<T> derive) {
        var metadata = resource.getMetadata();
        if (metadata.getUid() == null || metadata.getGeneration() == null) {
            return derive.get();
        }
        var key = new Generation(metadata.getUid(), metadata.getGeneration());
        return kept.get(key, k -> derive.get());
    }
}
