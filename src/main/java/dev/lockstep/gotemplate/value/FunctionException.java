package dev.lockstep.gotemplate.value;

/**
 * The error that a function or method returned, or its panic. Go's texts often quote what was
 * given, which may be a secret, so there are two: the message for people, and Go's.
 */
public final class FunctionException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient GoString goText;

    private FunctionException(String message, GoString goText) {
        super(message, null, false, false);
        this.goText = goText;
    }

    /** What Go says, where that quotes no value. */
    public FunctionException(String message) {
        this(message, GoString.of(message));
    }

    /**
     * @param message without any value: what could not be done, and where
     * @param goText what Go says
     */
    public static FunctionException quoting(String message, String goText) {
        return quoting(message, GoString.of(goText));
    }

    public static FunctionException quoting(String message, GoString goText) {
        return new FunctionException(message, goText);
    }

    public GoString goText() {
        return goText;
    }
}
