package dev.lockstep.reconcile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.lockstep.sync.TargetSecret;
import java.time.Duration;
import java.util.Optional;

/**
 * Secrets as we wrote them, until the cache has seen the write: what it shows from then on is
 * right, be it somebody else's change or nothing at all.
 */
final class OwnWrites {
    /** A cache that has not seen a write for longer than this has lost it, or never selects it. */
    private static final Duration CACHES_LAG = Duration.ofMinutes(1);

    private final Cache<String, TargetSecret> written;
    private final Cache<String, Long> seen;

    OwnWrites() {
        this(Ticker.systemTicker());
    }

    OwnWrites(Ticker ticker) {
        written = Caffeine.newBuilder().ticker(ticker).expireAfterWrite(CACHES_LAG).build();
        seen = Caffeine.newBuilder().ticker(ticker).expireAfterWrite(CACHES_LAG).build();
    }

    /** What was written and the cache has not seen. */
    Optional<TargetSecret> find(String namespace, String name) {
        return Optional.ofNullable(written.getIfPresent(key(namespace, name)));
    }

    /** A write that has been answered. Its event may have come before. */
    synchronized void wrote(TargetSecret secret) {
        var key = key(secret.namespace(), secret.name());
        var latest = seen.getIfPresent(key);
        if (latest == null || latest < number(secret.resourceVersion())) {
            written.put(key, secret);
        }
    }

    /** The cache has seen that Secret come, change or go. */
    synchronized void saw(String namespace, String name, String resourceVersion) {
        var key = key(namespace, name);
        var number = number(resourceVersion);
        seen.put(key, number);
        var own = written.getIfPresent(key);
        if (own != null && number(own.resourceVersion()) <= number) {
            written.invalidate(key);
        }
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }

    /** Of one object a later version is the larger number (Kubernetes 1.35 says so, etcd did). */
    private static long number(String resourceVersion) {
        return Long.parseLong(resourceVersion);
    }
}
