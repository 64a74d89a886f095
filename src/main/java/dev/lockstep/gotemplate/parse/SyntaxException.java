package dev.lockstep.gotemplate.parse;

/** A text that is no template. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean beyondLimits;

    private SyntaxException(int line, String message, boolean beyondLimits) {
        super(message, null, false, false);
        this.line = line;
        this.beyondLimits = beyondLimits;
    }

    /**
     * @param message raw, in Go's words
     */
    SyntaxException(int line, String message) {
        this(line, message, false);
    }

    static SyntaxException beyondLimits(int line, String message) {
        return new SyntaxException(line, message, true);
    }

    public int line() {
        return line;
    }

    /** Whether it may be a template for Go, and is only larger or deeper than is served. */
    public boolean isBeyondLimits() {
        return beyondLimits;
    }
}
