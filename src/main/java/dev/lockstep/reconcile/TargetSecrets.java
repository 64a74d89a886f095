package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.SecretReader;
import dev.lockstep.cluster.SecretWriter;
import dev.lockstep.cluster.TrimmedSecret;
import dev.lockstep.cluster.WriteResult;
import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.TargetSecret;
import java.util.Optional;

/**
 * Target Secrets: from the cache, from our own last write where the cache has not seen it yet, or
 * by a live look.
 */
public final class TargetSecrets {
    private final ExternalSecretEvents events;
    private final SecretReader reader;
    private final SecretWriter writer;
    private final OwnWrites own = new OwnWrites();

    public TargetSecrets(ExternalSecretEvents events, SecretReader reader, SecretWriter writer) {
        this.events = events;
        this.reader = reader;
        this.writer = writer;
        events.onSecret(own::saw);
    }

    /**
     * The Secret that the ExternalSecret writes. One that somebody else made is not in the cache,
     * so for the Merge kinds a miss is followed by a live look.
     */
    Optional<TargetSecret> find(ExternalSecret externalSecret) {
        var namespace = externalSecret.getMetadata().getNamespace();
        var name = externalSecret.targetName();
        var written = own.find(namespace, name);
        if (written.isPresent()) {
            return written;
        }
        var cached = cached(namespace, name);
        var merges = externalSecret.spec().target().creationPolicyOrDefault().merges();
        return cached.isPresent() || !merges ? cached : reader.read(namespace, name);
    }

    /** The same without a live look. */
    Optional<TargetSecret> known(ExternalSecret externalSecret) {
        var namespace = externalSecret.getMetadata().getNamespace();
        var name = externalSecret.targetName();
        return own.find(namespace, name).or(() -> cached(namespace, name));
    }

    /** Writes, and remembers what was written until the cache has seen it. */
    WriteResult write(DesiredSecret desired, Optional<TargetSecret> target) {
        var result = writer.write(desired, target);
        if (result instanceof WriteResult.Written done) {
            own.wrote(done.secret());
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
        return events.secretsCreatedBy(metadata.getNamespace(), metadata.getName())
                .anyMatch(
                        secret ->
                                !secret.getMetadata()
                                        .getName()
                                        .equals(externalSecret.targetName()));
    }
}
