package dev.lockstep.render;

/**
 * What the lookup of one property may use: modifiers and multipaths can make more of a value than
 * it is, and do so again and again.
 */
final class PathBudget {
    private static final int STEPS = 5_000_000;
    private static final int CHARACTERS = 4 << 20;
    private static final int DEEPEST = 100;

    private int steps = STEPS;
    private int characters = CHARACTERS;
    private int depth;

    /** A value looked at. */
    void step() throws UnservedSyntaxException {
        if (--steps < 0) {
            throw exceeded();
        }
    }

    /** A text made. */
    String made(String text) throws UnservedSyntaxException {
        make(text.length());
        return text;
    }

    /** Text about to be made. */
    void make(long length) throws UnservedSyntaxException {
        if (length > characters) {
            throw exceeded();
        }
        characters -= (int) length;
    }

    /** A path within a path; {@link #leave()} comes back. */
    void enter() throws UnservedSyntaxException {
        if (++depth > DEEPEST) {
            throw exceeded();
        }
    }

    void leave() {
        depth--;
    }

    private static UnservedSyntaxException exceeded() {
        return new UnservedSyntaxException("more steps, levels or text than one property may take");
    }
}
