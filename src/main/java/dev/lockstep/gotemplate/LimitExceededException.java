package dev.lockstep.gotemplate;

/** A run that used more than its {@link Limits}. Functions let it pass. */
final class LimitExceededException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitExceededException(String message) {
        super(message, null, false, false);
    }
}
