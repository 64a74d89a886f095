package dev.lockstep.gotemplate.parse;

/** A text that is no template. */
public final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;
    private final boolean tooDeep;

    private SyntaxException(int line, String message, boolean tooDeep) {
        super(message, null, false, false);
        this.line = line;
        this.tooDeep = tooDeep;
    }

    /**
     * @param message raw, in Go's words
     */
    SyntaxException(int line, String message) {
        this(line, message, false);
    }

    static SyntaxException tooDeep(int line, String message) {
        return new SyntaxException(line, message, true);
    }

    public int line() {
        return line;
    }

    /** Whether it is a template for Go, and only nests deeper than is served. */
    public boolean isTooDeep() {
        return tooDeep;
    }
}
