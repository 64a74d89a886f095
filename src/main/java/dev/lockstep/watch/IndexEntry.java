package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.watch.Sighting.Seen;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the index knows of one key, and how each kind of evidence changes it. DescribeSecret and
 * GetSecretValue are fresh; ListSecrets lags by up to five minutes, so what it says against
 * something seen before is only a reason to describe the secret.
 *
 * @param seen the last good sighting; null before the first
 * @param freshAt when the latest Describe or Get was asked; {@link Instant#EPOCH} when only List
 *     has told
 * @param trouble why the last look failed; null when it did not
 * @param gone whether a Describe said that the secret does not exist
 * @param denied the refusal of Describe, because of which nothing watches the key; or null
 * @param doubted List's latest answer where it differs from what is known; null when they agree
 * @param unconfirmed whether a Describe has yet to judge between two that differ
 */
record IndexEntry(
        @Nullable Seen seen,
        Instant freshAt,
        @Nullable SourceException trouble,
        boolean gone,
        @Nullable SourceException denied,
        @Nullable RemoteSecret doubted,
        boolean unconfirmed) {

    static final IndexEntry UNKNOWN =
            new IndexEntry(null, Instant.EPOCH, null, false, null, null, false);

    Sighting sighting() {
        var last = Optional.ofNullable(seen);
        if (denied != null) {
            return new Sighting.Unwatched(WatchReasons.DESCRIBE_DENIED, last);
        }
        if (trouble != null) {
            return new Sighting.Failed(trouble, last, gone);
        }
        return seen == null ? new Sighting.Pending() : seen;
    }

    /** DescribeSecret answered; an answer asked for before the latest fresh one says nothing. */
    IndexEntry described(RemoteSecret secret, Instant askedAt) {
        if (askedAt.isBefore(freshAt)) {
            return this;
        }
        var stillDoubted = doubted == null || agree(doubted, secret) ? null : doubted;
        return new IndexEntry(
                new Seen(secret, askedAt), askedAt, null, false, null, stillDoubted, false);
    }

    /** Whether the secret is known and its tags are not. */
    boolean lacksTags() {
        return seen != null && seen.secret().tags() == null;
    }

    /** A complete sweep that began at {@code sweptAt} shows the secret so. */
    IndexEntry listed(RemoteSecret shown, Instant sweptAt) {
        var known = seen == null ? null : seen.secret().tags();
        var secret = shown.tags() == null ? shown.withTags(known) : shown;
        if (denied != null) {
            return this;
        }
        if (trouble != null && !concernsAll(trouble.failure())) {
            return contradicted(secret);
        }
        if (seen == null) {
            return new IndexEntry(
                    new Seen(secret, sweptAt), freshAt, null, false, null, null, false);
        }
        if (agree(secret, seen.secret())) {
            var newest = older(secret, seen.secret()) ? seen.secret() : secret;
            return looked(new Seen(newest, latest(sweptAt)), null);
        }
        return secret.equals(doubted) && !unconfirmed
                ? looked(new Seen(seen.secret(), latest(sweptAt)), doubted)
                : contradicted(secret);
    }

    /**
     * GetSecretValue answered; by version id it says nothing about labels, and by a label that no
     * look tells nothing that would last.
     */
    IndexEntry got(RemoteKey key, RequestedVersion asked, RemoteVersion version, Instant askedAt) {
        if (!asked.isTold()) {
            return this;
        }
        if (asked.isTags()) {
            var same = seen == null || seen.secret().version(asked).equals(Optional.of(version));
            return same || denied != null ? this : toBeConfirmed();
        }
        if (denied != null) {
            var secret = withLabel(bare(key, version), asked, version);
            return new IndexEntry(
                    new Seen(secret, askedAt), freshAt, trouble, gone, denied, doubted, false);
        }
        if (seen == null) {
            return this;
        }
        var same = seen.secret().version(asked).equals(Optional.of(version));
        if (gone || !seen.secret().arn().equals(version.arn())) {
            return toBeConfirmed();
        }
        if (askedAt.isBefore(freshAt)) {
            return same ? this : toBeConfirmed();
        }
        var secret = same ? seen.secret() : withLabel(seen.secret(), asked, version);
        var left = trouble != null && concernsAll(trouble.failure()) ? null : trouble;
        var checked = new Seen(secret, latest(askedAt));
        return new IndexEntry(checked, askedAt, left, false, null, doubted, unconfirmed);
    }

    /** DescribeSecret, or the sweep that would have told, failed. */
    IndexEntry failed(SourceException cause, Instant at) {
        var failure = cause.failure();
        if (failure instanceof SourceFailure.NotFound) {
            return new IndexEntry(seen, at, cause, true, null, doubted, false);
        }
        if (failure instanceof SourceFailure.AccessDenied) {
            return new IndexEntry(seen, freshAt, null, false, cause, null, false);
        }
        var keepsQuiet = failure instanceof SourceFailure.Throttled && seen != null;
        if (denied != null || gone && concernsAll(failure) || keepsQuiet) {
            return this;
        }
        return new IndexEntry(seen, freshAt, cause, false, null, doubted, unconfirmed);
    }

    /** Whether a failure says something about the identity rather than about one key. */
    static boolean concernsAll(SourceFailure failure) {
        return failure.passing() || refusesIdentity(failure);
    }

    /** Whether a failure means that every call of the identity fails alike. */
    static boolean refusesIdentity(SourceFailure failure) {
        return failure instanceof SourceFailure.AssumeRoleDenied
                || failure instanceof SourceFailure.TokenRejected
                || failure instanceof SourceFailure.CredentialsMissing;
    }

    private IndexEntry looked(Seen now, @Nullable RemoteSecret stillDoubted) {
        return new IndexEntry(now, freshAt, null, false, null, stillDoubted, false);
    }

    /** The same answer of List is confirmed once; a Describe has already judged it. */
    private IndexEntry contradicted(RemoteSecret listed) {
        return listed.equals(doubted)
                ? this
                : new IndexEntry(seen, freshAt, trouble, gone, denied, listed, true);
    }

    private IndexEntry toBeConfirmed() {
        return new IndexEntry(seen, freshAt, trouble, gone, denied, doubted, true);
    }

    private Instant latest(Instant at) {
        var before = Objects.requireNonNull(seen).checkedAt();
        return at.isAfter(before) ? at : before;
    }

    private static boolean agree(RemoteSecret one, RemoteSecret other) {
        return one.arn().equals(other.arn())
                && one.versionsByLabel().equals(other.versionsByLabel())
                && (one.tags() == null || other.tags() == null || one.tags().equals(other.tags()))
                && Objects.equals(one.deletionDate(), other.deletionDate());
    }

    private static boolean older(RemoteSecret one, RemoteSecret other) {
        return one.changedAt() != null
                && other.changedAt() != null
                && one.changedAt().isBefore(other.changedAt());
    }

    private RemoteSecret bare(RemoteKey key, RemoteVersion version) {
        return seen != null && seen.secret().arn().equals(version.arn())
                ? seen.secret()
                : new RemoteSecret(
                        version.arn(), key.id(), Map.of(), null, null, null, null, false, null);
    }

    private static RemoteSecret withLabel(
            RemoteSecret secret, RequestedVersion label, RemoteVersion version) {
        var versions = new HashMap<>(secret.versionsByLabel());
        versions.put(label.name(), version.versionId());
        return new RemoteSecret(
                version.arn(),
                secret.name(),
                versions,
                secret.kmsKeyId(),
                secret.changedAt(),
                secret.lastRotated(),
                secret.nextRotation(),
                secret.rotationEnabled(),
                secret.deletionDate(),
                secret.tags());
    }
}
