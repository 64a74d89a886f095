package dev.lockstep.source;

import java.util.Map;
import java.util.Optional;

/** Kubernetes Secrets that hold static AWS keys; {@code cluster} implements it. */
public interface CredentialSecrets {

    /**
     * Identity of a Secret's content, from a watch on that one name. Empty when it does not exist.
     *
     * @throws SourceException Unreachable or AccessDenied when Kubernetes does not answer
     */
    Optional<Identity.ObjectVersion> version(String namespace, String name) throws SourceException;

    /** The values, read live and kept by nobody; empty when the Secret does not exist. */
    Optional<Map<String, SecretBytes>> read(String namespace, String name) throws SourceException;
}
