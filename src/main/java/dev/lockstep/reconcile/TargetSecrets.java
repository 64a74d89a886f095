package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.SecretReader;
import dev.lockstep.cluster.TrimmedSecret;
import dev.lockstep.sync.ObjectHash;
import dev.lockstep.sync.TargetSecret;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Target Secrets: from the cache, from our own last write where the cache has not seen it yet, or
 * by a live look.
 */
public final class TargetSecrets {
    private final ExternalSecretEvents events;
    private final SecretReader reader;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    public TargetSecrets(ExternalSecretEvents events, SecretReader reader) {
        this.events = events;
        this.reader = reader;
    }

    /**
     * @param before the resourceVersion that the cache showed when the write ended; as long as it
     *     still does, it has not seen the write
     */
    private record Written(Optional<String> before, TargetSecret secret) {}

    /**
     * The Secret that the ExternalSecret writes. One that somebody else made is not in the cache,
     * so for the Merge kinds a miss is followed by a live look.
     */
    Optional<TargetSecret> find(ExternalSecret externalSecret) {
        var namespace = externalSecret.getMetadata().getNamespace();
        var name = externalSecret.targetName();
        var cached = events.secret(namespace, name).map(TrimmedSecret::target);
        var own = written.get(namespace + "/" + name);
        if (own != null && own.before.equals(cached.map(TargetSecret::resourceVersion))) {
            return Optional.of(own.secret);
        }
        written.remove(namespace + "/" + name);
        var merges = externalSecret.spec().target().creationPolicyOrDefault().merges();
        return cached.isPresent() || !merges ? cached : reader.read(namespace, name);
    }

    /** Remembers a write until the cache shows something else than it did. */
    void wrote(TargetSecret secret) {
        var cached = events.secret(secret.namespace(), secret.name()).map(TrimmedSecret::target);
        var version = cached.map(TargetSecret::resourceVersion);
        if (!version.equals(Optional.of(secret.resourceVersion()))) {
            written.put(secret.namespace() + "/" + secret.name(), new Written(version, secret));
        }
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
