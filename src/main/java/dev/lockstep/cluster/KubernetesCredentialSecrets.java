package dev.lockstep.cluster;

import dev.lockstep.source.CredentialSecrets;
import dev.lockstep.source.Identity;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import java.util.Map;
import java.util.Optional;

/**
 * Credential Secrets by way of {@link References}. A version comes without a request where a holder
 * has said that it refers to the Secret.
 */
public final class KubernetesCredentialSecrets implements CredentialSecrets {
    private final References references;

    public KubernetesCredentialSecrets(References references) {
        this.references = references;
    }

    @Override
    public Optional<Identity.ObjectVersion> version(String namespace, String name)
            throws SourceException {
        return references.state(Reference.toSecret(namespace, name)).map(ReferenceState::version);
    }

    @Override
    public Optional<Map<String, SecretBytes>> read(String namespace, String name)
            throws SourceException {
        return references.read(Reference.toSecret(namespace, name)).map(ReferenceContent::data);
    }
}
