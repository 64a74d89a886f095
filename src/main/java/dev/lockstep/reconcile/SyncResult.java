package dev.lockstep.reconcile;

import dev.lockstep.api.ValueRef;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.sync.Decision;
import dev.lockstep.sync.SyncFailure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a reconciliation ended, for the report.
 *
 * @param situation empty when it failed before anything could be gathered
 * @param success the reason and message of Ready; empty when it failed
 * @param failure empty when it did not fail
 * @param failingSince when the first of the failures in a row was
 * @param carried the versions that the Secret carries now; empty where that is not known
 * @param changes what was written
 * @param fresh whether a failure was found just now, rather than remembered
 * @param retryAt when a failed attempt is made again, or a sync that waits for its window
 * @param heldBack what waits for a window, in words; empty where nothing does
 */
record SyncResult(
        Optional<Situation> situation,
        Optional<Success> success,
        Optional<SyncFailure> failure,
        Optional<Instant> failingSince,
        Map<ValueRef, RemoteVersion> carried,
        Changes changes,
        boolean fresh,
        Optional<Instant> retryAt,
        Optional<String> heldBack) {

    /** A reason of Ready under which it is True. */
    enum Success {
        SECRET_SYNCED("SecretSynced", "the Secret carries the current version"),
        SECRET_RETAINED(
                "SecretSynced",
                "nothing matches dataFrom.find, so whatever Secret there is stays as it is: check name, path and tags, or set deletionPolicy"),
        SECRET_DELETED("SecretDeleted", "the remote secret is gone, and so is the Secret"),
        SECRET_MISSING(
                "SecretMissing", "the Secret to merge into does not exist; Lockstep waits for it");

        private final String reason;
        private final String message;

        Success(String reason, String message) {
            this.reason = reason;
            this.message = message;
        }

        String reason() {
            return reason;
        }

        String message() {
            return message;
        }
    }

    /** What was written to the Secret. */
    enum Change {
        NONE,
        CREATED,
        UPDATED,
        METADATA,
        DELETED
    }

    /**
     * @param cause why values were read; empty where none were
     * @param keys of the Secret whose value appeared, changed or went
     */
    record Changes(Change change, SortedSet<String> keys, Optional<Decision.Cause> cause) {
        static final Changes NONE = new Changes(Change.NONE, new TreeSet<>(), Optional.empty());

        Changes because(Decision.Cause why) {
            return new Changes(change, keys, Optional.of(why));
        }
    }

    static SyncResult succeeded(
            Situation situation,
            Success success,
            Map<ValueRef, RemoteVersion> carried,
            Changes changes) {
        return new SyncResult(
                Optional.of(situation),
                Optional.of(success),
                Optional.empty(),
                Optional.empty(),
                Map.copyOf(carried),
                changes,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** The Secret carries what was synced last; what has come since waits for its window. */
    static SyncResult held(Situation situation, Decision.Held held) {
        var what =
                held.cause() == Decision.Cause.REFRESH_DUE
                        ? "the next look at the remote secret"
                        : "what changed in AWS since";
        var until =
                held.hold()
                        .until()
                        .map("waits until %s"::formatted)
                        .orElse(
                                "waits, and no moment is in sight that its windows do not deny: shorten them");
        return new SyncResult(
                Optional.of(situation),
                Optional.of(Success.SECRET_SYNCED),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Changes.NONE,
                false,
                held.hold().until(),
                Optional.of(
                        "the Secret carries what was synced last; %s %s (spec.syncWindows)"
                                .formatted(what, until)));
    }

    /** Versions are not known yet, so nothing is said of the Secret that was not said before. */
    static SyncResult waiting(Situation situation) {
        return new SyncResult(
                Optional.of(situation),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Changes.NONE,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether nothing can be said yet: a status is written when something can. */
    boolean waits() {
        return success.isEmpty() && failure.isEmpty();
    }

    static SyncResult failed(
            Optional<Situation> situation, SyncHistory.Attempt attempt, boolean fresh) {
        return new SyncResult(
                situation,
                Optional.empty(),
                Optional.of(attempt.failure()),
                Optional.of(attempt.since()),
                Map.of(),
                Changes.NONE,
                fresh,
                Optional.of(attempt.retryAt()),
                Optional.empty());
    }
}
