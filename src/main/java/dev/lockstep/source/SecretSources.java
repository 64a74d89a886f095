package dev.lockstep.source;

import dev.lockstep.api.Store;
import java.util.Optional;

/** Opens stores; {@code aws} implements it. */
public interface SecretSources {

    /**
     * The source behind a store. The identity is proved first: its credentials were obtained by way
     * of this store's own references, so nothing that another store earned is handed out.
     *
     * <p>Cheap when nothing changed; else it may read credential Secrets, ask for tokens and assume
     * roles. References were checked before ({@code sync}): none names a foreign namespace.
     *
     * @param namespace where credentials are whose reference names no namespace: the
     *     ExternalSecret's for a ClusterSecretStore, the store's own for a SecretStore
     * @throws SourceException CredentialsMissing, AssumeRoleDenied, TokenRejected, Throttled or
     *     Unreachable
     */
    SecretSource open(Store store, String namespace) throws SourceException;

    /**
     * What is wrong with the store's spec as the provider sees it, such as an unknown region; empty
     * when nothing is. No I/O.
     */
    Optional<String> problem(Store store);
}
