package dev.lockstep.aws;

import dev.lockstep.source.SourceException;

/** Carries a {@link SourceException} through the SDK, whose suppliers cannot throw checked ones. */
final class CredentialFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SourceException failure;

    CredentialFailure(SourceException failure) {
        super(failure);
        this.failure = failure;
    }

    SourceException failure() {
        return failure;
    }
}
