package dev.lockstep.source;

import dev.lockstep.api.Store;

/** Issues tokens; {@code aws} implements it. */
public interface TokenIssuer {

    /**
     * A new token. The identity is proved first, as by {@link SecretSources#open}.
     *
     * @param as a store that says whose token it is: region, credentials and role
     * @param namespace where credentials are whose reference names no namespace
     * @throws SourceException AccessDenied, CredentialsMissing, AssumeRoleDenied, TokenRejected,
     *     Throttled or Unreachable
     */
    IssuedToken issue(Store as, String namespace, TokenRequest request) throws SourceException;
}
