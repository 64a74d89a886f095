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

    Identity identity();

    /** How many keys one {@link #readCurrent} takes. */
    int batchSize();

    /** ListSecrets: one page, secrets planned for deletion included. May lag by five minutes. */
    ListPage list(Optional<String> nextToken) throws SourceException;

    /** Whether {@link #list} tells the tags of each secret, so that a sweep finds by tag too. */
    boolean listShowsTags();

    /**
     * One page of exactly those secrets that match, with as few calls as the provider's own filters
     * allow; like {@link #list}, it may lag and includes secrets planned for deletion. A page may
     * be empty and not the last.
     */
    ListPage find(Selector selector, Optional<String> nextToken) throws SourceException;

    /**
     * Whether a secret that {@link #list} or {@link #describeTagged} told of matches.
     *
     * @param secret with its tags, if the selector has any
     */
    default boolean matches(Selector selector, RemoteSecret secret) {
        return selector.matches(secret);
    }

    /** DescribeSecret: fresh metadata of one secret, no value. */
    RemoteSecret describe(RemoteKey key) throws SourceException;

    /** Fresh metadata with the tags, where that costs a call more than {@link #describe} alone. */
    RemoteSecret describeTagged(RemoteKey key) throws SourceException;

    /** GetSecretValue; for {@link RequestedVersion#TAGS}, the tags as JSON. */
    RemoteValue read(RemoteKey key, RequestedVersion version) throws SourceException;

    /**
     * BatchGetSecretValue or GetParameters; the current versions only.
     *
     * @param keys at most {@link #batchSize}
     * @return an entry for each key, but for those of which only {@link #read} can tell
     * @throws SourceException when the call as a whole failed
     */
    Map<RemoteKey, SourceResult<RemoteValue>> readCurrent(Collection<RemoteKey> keys)
            throws SourceException;
}
