package dev.lockstep.sync;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.util.Optional;

/**
 * Why an ExternalSecret is not in step: what the conditions of all rooms have in common.
 *
 * @param reason of the condition Ready (semantics 25)
 * @param message what failed, where, and what to do; stable, so that the condition is
 * @param passing whether waiting can help
 * @param ofSource whether the provider is the one that failed
 * @param requestId AWS's, for the event and the log alone
 */
public record SyncFailure(
        String reason,
        String message,
        boolean passing,
        boolean ofSource,
        Optional<String> requestId) {

    public static SyncFailure of(SourceException cause) {
        var failure = cause.failure();
        return new SyncFailure(
                failure.reason(), failure.message(), failure.passing(), true, cause.requestId());
    }

    public static SyncFailure of(SourceFailure failure) {
        return of(new SourceException(failure));
    }

    public static SyncFailure of(WriteFailure failure) {
        return new SyncFailure(
                failure.reason().condition(),
                failure.message(),
                failure.passing(),
                false,
                Optional.empty());
    }

    /** A failure that stays until somebody changes something. */
    public static SyncFailure lasting(String reason, String message) {
        return new SyncFailure(reason, message, false, false, Optional.empty());
    }

    /**
     * Whether it is tried again by back-off rather than at the refresh interval. An API server that
     * has just started denies everybody for a moment, and nobody tells when the operator's role is
     * put right.
     */
    public boolean triedSoon() {
        return passing || reason.equals(WriteFailure.Reason.API_DENIED.condition());
    }

    /** The message with the request id, for an event. */
    public String detail() {
        return message + requestId.map(id -> " (AWS request id " + id + ")").orElse("");
    }
}
