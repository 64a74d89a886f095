package dev.lockstep.gotemplate.value;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Go's quoted strings and characters (strconv). All texts are raw, one char for each byte.
 *
 * <p>Which characters are printable is the JVM's Unicode, not the Unicode 15 of Go: characters
 * assigned in between are the difference.
 */
public final class Quoting {
    private static final String ESCAPES = "abfnrtv";
    private static final String ESCAPED = "\u0007\b\f\n\r\t\u000b";
    private static final int SURROGATES = 0xD800;
    private static final int AFTER_SURROGATES = 0xE000;

    private Quoting() {}

    /** {@code strconv.Quote}. */
    public static String quote(String raw) {
        return quote(raw, false);
    }

    /** {@code strconv.QuoteToASCII}, or {@code strconv.Quote}. */
    public static String quote(String raw, boolean ascii) {
        var quoted = new StringBuilder(raw.length() + 2).append('"');
        for (int i = 0; i < raw.length(); ) {
            var rune = Runes.at(raw, i);
            if (rune.isBroken()) {
                quoted.append("\\x").append(hex(raw.charAt(i), 2));
            } else {
                escape(quoted, rune.codePoint(), '"', ascii);
            }
            i += rune.width();
        }
        return quoted.append('"').toString();
    }

    /** Of text of our own, for messages. */
    public static String quoteText(String text) {
        return GoString.toText(quote(GoString.toRaw(text)));
    }

    /** {@code strconv.QuoteRune}, or with {@code ascii} {@code strconv.QuoteRuneToASCII}. */
    public static String quoteRune(long rune, boolean ascii) {
        var quoted = new StringBuilder().append('\'');
        escape(quoted, isRune(rune) ? (int) rune : Runes.ERROR, '\'', ascii);
        return quoted.append('\'').toString();
    }

    private static boolean isRune(long rune) {
        return rune >= 0 && rune < SURROGATES
                || rune >= AFTER_SURROGATES && rune <= Character.MAX_CODE_POINT;
    }

    private static void escape(StringBuilder quoted, int rune, char quote, boolean ascii) {
        if (rune == quote || rune == '\\') {
            quoted.append('\\').append((char) rune);
        } else if (isPrintable(rune) && (!ascii || rune < 0x80)) {
            Runes.append(quoted, rune);
        } else if (ESCAPED.indexOf(rune) >= 0) {
            quoted.append('\\').append(ESCAPES.charAt(ESCAPED.indexOf(rune)));
        } else if (rune < ' ' || rune == 0x7f) {
            quoted.append("\\x").append(hex(rune, 2));
        } else if (rune < 0x10000) {
            quoted.append("\\u").append(hex(rune, 4));
        } else {
            quoted.append("\\U").append(hex(rune, 8));
        }
    }

    private static String hex(int number, int digits) {
        var hex = Integer.toHexString(number);
        return "0".repeat(digits - hex.length()) + hex;
    }

    /** {@code unicode.IsPrint}: letters, marks, numbers, punctuation, symbols and the space. */
    public static boolean isPrintable(int rune) {
        return switch (Character.getType(rune)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> rune == ' ';
            default -> true;
        };
    }

    /** {@code strconv.CanBackquote}. */
    public static boolean canBackquote(String raw) {
        return Runes.of(raw)
                .allMatch(
                        rune ->
                                !rune.isBroken()
                                        && rune.codePoint() != 0xFEFF
                                        && rune.codePoint() != '`'
                                        && rune.codePoint() != 0x7f
                                        && (rune.codePoint() >= ' ' || rune.codePoint() == '\t'));
    }

    /** {@code strconv.Unquote} of what stands in double quotes or backquotes. */
    public static Optional<String> unquote(String quoted) {
        var inside = quoted.substring(1, quoted.length() - 1);
        if (quoted.charAt(0) == '`') {
            return Optional.of(inside.replace("\r", ""));
        }
        var raw = new StringBuilder(inside.length());
        for (int i = 0; i < inside.length(); ) {
            var unit = unit(inside, i, '"');
            if (unit == null) {
                return Optional.empty();
            }
            if (unit.isByte()) {
                raw.append((char) unit.rune());
            } else {
                Runes.append(raw, unit.rune());
            }
            i = unit.end();
        }
        return Optional.of(raw.toString());
    }

    /** A character or escape within quotes; isByte where it stands for one byte. */
    private record Unit(int rune, boolean isByte, int end) {}

    private static @Nullable Unit unit(String raw, int at, char quote) {
        char c = raw.charAt(at);
        if (c == quote || c == '\n') {
            return null;
        }
        if (c != '\\') {
            var rune = Runes.at(raw, at);
            return new Unit(rune.codePoint(), c < 0x80, at + rune.width());
        }
        if (at + 1 >= raw.length()) {
            return null;
        }
        char escape = raw.charAt(at + 1);
        if (ESCAPES.indexOf(escape) >= 0) {
            return new Unit(ESCAPED.charAt(ESCAPES.indexOf(escape)), true, at + 2);
        }
        return switch (escape) {
            case 'x' -> digits(raw, at + 2, 2, 16, true);
            case 'u' -> digits(raw, at + 2, 4, 16, false);
            case 'U' -> digits(raw, at + 2, 8, 16, false);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> digits(raw, at + 1, 3, 8, true);
            case '\\' -> new Unit('\\', true, at + 2);
            case '\'', '"' -> escape == quote ? new Unit(escape, true, at + 2) : null;
            default -> null;
        };
    }

    private static @Nullable Unit digits(
            String raw, int from, int count, int base, boolean isByte) {
        int end = from + count;
        if (end > raw.length()) {
            return null;
        }
        long number = 0;
        for (int i = from; i < end; i++) {
            int digit = Character.digit(raw.charAt(i), base);
            if (digit < 0 || raw.charAt(i) >= 0x80) {
                return null;
            }
            number = number * base + digit;
        }
        return (isByte ? number > 0xFF : !isRune(number))
                ? null
                : new Unit((int) number, isByte, end);
    }

    /**
     * The character of a constant such as {@code 'x'}.
     *
     * @return -1 for what is no character, -2 for more than one
     */
    public static int unquoteRune(String quoted) {
        var unit = unit(quoted, 1, '\'');
        if (unit == null) {
            return -1;
        }
        return unit.end() == quoted.length() - 1 ? unit.rune() : -2;
    }
}
