package dev.lockstep.source;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A {@link SourceFailure} on its way up. Nothing else escapes a source. */
public final class SourceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SourceFailure failure;
    private final @Nullable String requestId;

    public SourceException(SourceFailure failure) {
        this(failure, null);
    }

    /**
     * @param requestId AWS's, for the event and the log alone: a condition must not change with it
     */
    public SourceException(SourceFailure failure, @Nullable String requestId) {
        super(failure.reason() + ": " + failure.message());
        this.failure = failure;
        this.requestId = requestId;
    }

    public SourceFailure failure() {
        return failure;
    }

    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }
}
