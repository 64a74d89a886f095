package dev.lockstep.sync;

/** A schedule that cannot be read; the message says what is wrong with it and what to write. */
final class ScheduleSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    ScheduleSyntaxException(String message) {
        super(message);
    }
}
