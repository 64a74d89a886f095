package dev.lockstep.render;

/** A path that uses a part of gjson's language that is not served. */
final class UnservedSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * @param construct such as "the modifier @keys"
     */
    UnservedSyntaxException(String construct) {
        super(construct);
    }
}
