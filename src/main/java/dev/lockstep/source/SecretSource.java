package dev.lockstep.source;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Secrets as one identity sees them. Obtained from {@link SecretSources} only after the identity
 * proved itself, so holding one is the right to use caches of that identity.
 *
 * <p>Calls block, are retried inside for passing troubles, and are safe from many threads.
 */
public interface SecretSource {

    /** How many keys one {@link #readCurrent} takes (BatchGetSecretValue's limit). */
    int BATCH_SIZE = 20;

    Identity identity();

    /** ListSecrets: one page, secrets planned for deletion included. May lag by five minutes. */
    ListPage list(Optional<String> nextToken) throws SourceException;

    /** DescribeSecret: fresh metadata of one secret, no value. */
    RemoteSecret describe(RemoteKey key) throws SourceException;

    /** GetSecretValue. */
    RemoteValue read(RemoteKey key, RequestedVersion version) throws SourceException;

    /**
     * BatchGetSecretValue, which serves AWSCURRENT only.
     *
     * @param keys at most {@link #BATCH_SIZE}
     * @return an entry for each key
     * @throws SourceException when the call as a whole failed
     */
    Map<RemoteKey, SourceResult<RemoteValue>> readCurrent(Collection<RemoteKey> keys)
            throws SourceException;
}
