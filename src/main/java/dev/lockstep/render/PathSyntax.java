package dev.lockstep.render;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is special in a gjson path before a value is looked at. */
final class PathSyntax {
    private static final Set<String> MODIFIERS =
            Set.of(
                    "pretty", "ugly", "reverse", "this", "flatten", "join", "valid", "keys",
                    "values", "tostr", "fromstr", "group", "dig");
    private static final Set<String> STATIC_NAMES = Set.of("true", "false", "null", "nan", "inf");

    private PathSyntax() {}

    /**
     * @param path up to the pipe
     * @param pipe path to apply to the whole answer; null for none
     */
    record Piped(String path, @Nullable String pipe) {}

    /**
     * Refuses what gjson would carry out and we do not: {@code @type} names no modifier, so it is a
     * member. A name that begins with a bracket has to be escaped, here as there.
     */
    static void refuseUnserved(String path) throws UnservedSyntaxException {
        if (path.length() < 2) {
            return;
        }
        if (startsModifier(path)) {
            throw new UnservedSyntaxException("the modifier @" + modifier(path));
        }
        if (startsStatic(path)) {
            throw new UnservedSyntaxException("a static value (!…)");
        }
        if (path.startsWith("..")) {
            throw new UnservedSyntaxException("JSON lines (..)");
        }
        if (path.startsWith("{")) {
            throw new UnservedSyntaxException("a multipath ({…})");
        }
        if (path.startsWith("[")) {
            throw new UnservedSyntaxException("a multipath ([…])");
        }
    }

    /** True for what a dot may stand before in place of a pipe. */
    static boolean pipesItself(String path) {
        return path.startsWith("[") || path.startsWith("{") || startsModifier(path);
    }

    /**
     * At the first pipe outside of a query. As in gjson a query is noticed only behind a dot, and
     * the character after {@code .#} is passed over.
     */
    static Piped splitPipe(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '|') {
                return new Piped(path.substring(0, i), path.substring(i + 1));
            }
            if (c == '\\') {
                i++;
            } else if (path.startsWith(".#", i)) {
                i += 2;
                i = path.startsWith("(", i) || path.startsWith("[", i) ? closing(path, i) : i;
            }
        }
        return new Piped(path, null);
    }

    /** Position of the quote that ends the text begun at a position, or the path's length. */
    static int closingQuote(String path, int quote) {
        int at = quote + 1;
        while (at < path.length() && path.charAt(at) != '"') {
            at += path.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, path.length());
    }

    /** Position of the bracket that closes the one at a position, or the path's length. */
    private static int closing(String path, int open) {
        char opening = path.charAt(open);
        char closing = opening == '[' ? ']' : ')';
        int depth = 0;
        for (int i = open; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                i = closingQuote(path, i);
            } else if (c == opening) {
                depth++;
            } else if (c == closing && --depth == 0) {
                return i;
            }
        }
        return path.length();
    }

    private static boolean startsModifier(String path) {
        return path.startsWith("@") && MODIFIERS.contains(modifier(path));
    }

    private static String modifier(String path) {
        return path.substring(1, firstOf(path, ".|:"));
    }

    private static boolean startsStatic(String path) {
        if (path.charAt(0) != '!') {
            return false;
        }
        char first = path.charAt(1);
        return "{[\"+-".indexOf(first) >= 0
                || first >= '0' && first <= '9'
                || STATIC_NAMES.contains(
                        path.substring(1, firstOf(path, ".|")).toLowerCase(Locale.ROOT));
    }

    private static int firstOf(String path, String characters) {
        int at = 0;
        while (at < path.length() && characters.indexOf(path.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
