package dev.lockstep.reconcile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.SecretReader;
import dev.lockstep.cluster.SecretWriter;
import dev.lockstep.cluster.TrimmedSecret;
import dev.lockstep.cluster.WriteResult;
import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.ObjectHash;
import dev.lockstep.sync.TargetSecret;
import java.time.Duration;
import java.util.Optional;

/**
 * Target Secrets: from the cache, from our own last write where the cache has not seen it yet, or
 * by a live look.
 */
public final class TargetSecrets {
    /**
     * A cache that shows less than we wrote for longer than this is right: it may have missed both
     * our write and the deletion that followed.
     */
    private static final Duration CACHES_LAG = Duration.ofMinutes(1);

    private final ExternalSecretEvents events;
    private final SecretReader reader;
    private final SecretWriter writer;
    private final Cache<String, Written> written =
            Caffeine.newBuilder().expireAfterWrite(CACHES_LAG).build();

    public TargetSecrets(ExternalSecretEvents events, SecretReader reader, SecretWriter writer) {
        this.events = events;
        this.reader = reader;
        this.writer = writer;
    }

    /**
     * @param before the resourceVersion that the cache showed before the write; as long as it still
     *     does, it has not seen the write
     */
    private record Written(Optional<String> before, TargetSecret secret) {}

    /**
     * The Secret that the ExternalSecret writes. One that somebody else made is not in the cache,
     * so for the Merge kinds a miss is followed by a live look.
     */
    Optional<TargetSecret> find(ExternalSecret externalSecret) {
        var namespace = externalSecret.getMetadata().getNamespace();
        var name = externalSecret.targetName();
        var cached = cached(namespace, name);
        var own = written.getIfPresent(namespace + "/" + name);
        if (own != null && own.before.equals(cached.map(TargetSecret::resourceVersion))) {
            return Optional.of(own.secret);
        }
        written.invalidate(namespace + "/" + name);
        var merges = externalSecret.spec().target().creationPolicyOrDefault().merges();
        return cached.isPresent() || !merges ? cached : reader.read(namespace, name);
    }

    /**
     * Writes, and remembers what was written until the cache shows something else than it did
     * before: what it shows after the write may be somebody else's next one.
     */
    WriteResult write(DesiredSecret desired, Optional<TargetSecret> target) {
        var before = cached(desired.namespace(), desired.name()).map(TargetSecret::resourceVersion);
        var result = writer.write(desired, target);
        if (result instanceof WriteResult.Written done) {
            written.put(
                    desired.namespace() + "/" + desired.name(), new Written(before, done.secret()));
        }
        return result;
    }

    private Optional<TargetSecret> cached(String namespace, String name) {
        return events.secret(namespace, name).map(TrimmedSecret::target);
    }

    /** Who else writes the target; empty when nobody can tell, or nobody does. */
    Optional<String> otherWriter(DesiredSecret target) {
        return reader.otherWriter(target.namespace(), target.name(), target.fieldManager());
    }

    /** Whether the cache shows a Secret that it wrote before its target had another name. */
    boolean hasFormer(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        var createdBy = ObjectHash.ofExternalSecret(metadata.getNamespace(), metadata.getName());
        return events.secretsCreatedBy(createdBy)
                .anyMatch(
                        secret ->
                                !secret.getMetadata()
                                        .getName()
                                        .equals(externalSecret.targetName()));
    }
}
