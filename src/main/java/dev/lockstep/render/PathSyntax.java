package dev.lockstep.render;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is special in a gjson path before a value is looked at. */
final class PathSyntax {
    private static final Set<String> STATIC_NAMES = Set.of("true", "false", "null", "nan", "inf");

    private PathSyntax() {}

    /**
     * @param path up to the pipe
     * @param pipe path to apply to the whole answer; null for none
     */
    record Piped(String path, @Nullable String pipe) {}

    /** Refuses what gjson would carry out and we do not. */
    static void refuseUnserved(String path) throws UnservedSyntaxException {
        if (path.startsWith("..")) {
            throw new UnservedSyntaxException("JSON lines (..)");
        }
    }

    /** Whether several paths stand in the path, as far as dots in them are concerned. */
    static boolean holdsMultipath(String path) {
        return path.contains("{")
                || path.startsWith("[")
                || path.contains(".[")
                || path.contains("|[");
    }

    /** True for what a dot may stand before in place of a pipe. */
    static boolean pipesItself(String path) {
        return path.startsWith("[")
                || path.startsWith("{")
                || path.startsWith("@") && Modifier.named(modifier(path)).isPresent();
    }

    /**
     * At the first pipe outside of a query. As in gjson a query is noticed only behind a dot, and
     * the character after {@code .#} is passed over.
     */
    static Piped splitPipe(String path) {
        if (path.startsWith("{")) {
            int end = Brackets.end(path);
            return path.startsWith("|", end)
                    ? new Piped(path.substring(0, end), path.substring(end + 1))
                    : new Piped(path, null);
        }
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

    private static String modifier(String path) {
        return path.substring(1, firstOf(path, ".|:"));
    }

    /**
     * A value that stands in the path itself, behind an exclamation mark.
     *
     * @param rest of the path behind it, with its separator
     */
    record StaticValue(String text, String rest) {}

    /** Empty where the path begins with no value: it is then a member's name. */
    static Optional<StaticValue> staticValue(String path) {
        if (path.length() < 2 || !path.startsWith("!")) {
            return Optional.empty();
        }
        var behind = path.substring(1);
        char first = behind.charAt(0);
        if (first == '{' || first == '[') {
            int end = Brackets.end(behind);
            return Optional.of(new StaticValue(behind.substring(0, end), behind.substring(end)));
        }
        if ("\"+-".indexOf(first) >= 0 || first >= '0' && first <= '9') {
            // As in gjson, numbers and texts take all that follows: a path ends with them.
            return Optional.of(new StaticValue(behind, ""));
        }
        int end = firstOf(behind, ".|");
        var name = behind.substring(0, end);
        return STATIC_NAMES.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of(new StaticValue(name, behind.substring(end)))
                : Optional.empty();
    }

    static int firstOf(String path, String characters) {
        int at = 0;
        while (at < path.length() && characters.indexOf(path.charAt(at)) < 0) {
            at++;
        }
        return at;
    }
}
