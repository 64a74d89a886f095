package dev.lockstep.render;

/** A value that is not JSON. Has no cause: the parser's own messages quote the value. */
final class MalformedJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param where such as "line 1, column 7"
     */
    MalformedJsonException(String where) {
        super(where);
    }
}
