package dev.lockstep.reconcile;

import dev.lockstep.sync.SyncFailure;

/** A {@link SyncFailure} on its way to the report. */
final class SyncException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient SyncFailure failure;

    SyncException(SyncFailure failure) {
        super(failure.reason() + ": " + failure.message());
        this.failure = failure;
    }

    SyncFailure failure() {
        return failure;
    }
}
