package dev.lockstep.render;

import java.util.Optional;

/**
 * A modifier at the beginning of a path, such as {@code @flatten:{"deep":true}}.
 *
 * @param argument empty where there is none
 * @param rest of the path behind it, with its separator
 */
record ModifierCall(Modifier modifier, String argument, String rest) {

    /** Empty where the path begins with no modifier: it is then a member's name. */
    static Optional<ModifierCall> parse(String path) {
        if (path.length() < 2 || !path.startsWith("@")) {
            return Optional.empty();
        }
        int end = PathSyntax.firstOf(path, ".|:");
        return Modifier.named(path.substring(1, end)).map(modifier -> of(modifier, path, end));
    }

    private static ModifierCall of(Modifier modifier, String path, int end) {
        if (!path.startsWith(":", end)) {
            return new ModifierCall(modifier, "", path.substring(end));
        }
        var behind = path.substring(end + 1);
        int length = argumentLength(behind);
        return new ModifierCall(modifier, behind.substring(0, length), behind.substring(length));
    }

    /** JSON ends with itself, any other text at a pipe. */
    private static int argumentLength(String text) {
        if (startsNested(text, 0, "{[\"")) {
            return Brackets.end(text);
        }
        int at = 0;
        while (at < text.length() && text.charAt(at) != '|') {
            at += startsNested(text, at, "{[\"(") ? Brackets.end(text.substring(at)) : 1;
        }
        return Math.min(at, text.length());
    }

    private static boolean startsNested(String text, int at, String brackets) {
        return at < text.length() && brackets.indexOf(text.charAt(at)) >= 0;
    }
}
