package dev.lockstep.render;

import org.jspecify.annotations.Nullable;

/**
 * What follows a component of a path: further components, a pipe, or nothing.
 *
 * @param rest components to walk from the value found; null for none
 * @param pipe path to apply to the whole answer; null for none
 */
record Next(@Nullable String rest, @Nullable String pipe) {
    static final Next END = new Next(null, null);

    /** After the separator at a position; a dot before a modifier or a multipath is a pipe. */
    static Next afterSeparator(String path, int separator) {
        var behind = path.substring(separator + 1);
        return path.charAt(separator) == '|' || PathSyntax.pipesItself(behind)
                ? new Next(null, behind)
                : new Next(behind, null);
    }
}
