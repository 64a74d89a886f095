package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.Runes;
import java.util.function.IntUnaryOperator;

/** Classes and cases of characters as Go's unicode package has them. Texts are raw. */
final class Letters {
    private static final int LAST_LATIN1 = 0xff;
    private static final int NEXT_LINE = 0x85;
    private static final int NO_BREAK_SPACE = 0xa0;

    private Letters() {}

    static boolean isSpace(int rune) {
        if (rune <= LAST_LATIN1) {
            return rune == ' '
                    || rune >= '\t' && rune <= '\r'
                    || rune == NEXT_LINE
                    || rune == NO_BREAK_SPACE;
        }
        return Character.isSpaceChar(rune);
    }

    static boolean isUpper(int rune) {
        return Character.getType(rune) == Character.UPPERCASE_LETTER;
    }

    static boolean isLower(int rune) {
        return Character.getType(rune) == Character.LOWERCASE_LETTER;
    }

    static boolean isTitle(int rune) {
        return Character.getType(rune) == Character.TITLECASE_LETTER;
    }

    static boolean isNumber(int rune) {
        int type = Character.getType(rune);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    static boolean isPunctuation(int rune) {
        return switch (Character.getType(rune)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION ->
                    true;
            default -> false;
        };
    }

    static String upper(String raw) {
        return map(raw, Character::toUpperCase);
    }

    static String lower(String raw) {
        return map(raw, Character::toLowerCase);
    }

    /** Each rune by itself; bytes that are no UTF-8 come out as U+FFFD. */
    static String map(String raw, IntUnaryOperator mapping) {
        var mapped = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); ) {
            var rune = Runes.at(raw, i);
            Runes.append(mapped, mapping.applyAsInt(rune.codePoint()));
            i += rune.width();
        }
        return mapped.toString();
    }

    /** {@code strings.Title}: the first letter of each word. */
    static String title(String raw) {
        int[] previous = {' '};
        return map(
                raw,
                rune -> {
                    boolean first = separates(previous[0]);
                    previous[0] = rune;
                    return first ? Character.toTitleCase(rune) : rune;
                });
    }

    /** goutils' Uncapitalize: the first character after each space. */
    static String untitle(String raw) {
        boolean[] afterSpace = {true};
        return map(
                raw,
                rune -> {
                    boolean first = afterSpace[0];
                    afterSpace[0] = isSpace(rune);
                    return first && !isSpace(rune) ? Character.toLowerCase(rune) : rune;
                });
    }

    static String swapCase(String raw) {
        boolean[] afterSpace = {true};
        return map(
                raw,
                rune -> {
                    if (isUpper(rune) || isTitle(rune)) {
                        afterSpace[0] = false;
                        return Character.toLowerCase(rune);
                    }
                    if (!isLower(rune)) {
                        afterSpace[0] = isSpace(rune);
                        return rune;
                    }
                    boolean first = afterSpace[0];
                    afterSpace[0] = false;
                    return first ? Character.toTitleCase(rune) : Character.toUpperCase(rune);
                });
    }

    static String trimSpace(String raw) {
        int start = 0;
        while (start < raw.length()) {
            var rune = Runes.at(raw, start);
            if (!isSpace(rune.codePoint())) {
                break;
            }
            start += rune.width();
        }
        int end = raw.length();
        while (end > start) {
            var rune = last(raw, end);
            if (!isSpace(rune.codePoint())) {
                break;
            }
            end -= rune.width();
        }
        return raw.substring(start, end);
    }

    /** {@code strings.Trim}: what is in the set, from both ends. */
    static String trim(String raw, String set) {
        int start = 0;
        while (start < raw.length() && contains(set, Runes.at(raw, start))) {
            start += Runes.at(raw, start).width();
        }
        int end = raw.length();
        while (end > start && contains(set, last(raw, end))) {
            end -= last(raw, end).width();
        }
        return raw.substring(start, end);
    }

    /** The rune that ends there. */
    private static Runes.Rune last(String raw, int end) {
        for (int start = end - 1; start >= Math.max(0, end - 4); start--) {
            var rune = Runes.at(raw, start);
            if (start + rune.width() == end && (rune.width() > 1 || start == end - 1)) {
                if (!rune.isBroken()) {
                    return rune;
                }
            }
        }
        return new Runes.Rune(Runes.ERROR, end - 1, 1);
    }

    private static boolean contains(String set, Runes.Rune rune) {
        for (int i = 0; i < set.length(); ) {
            var member = Runes.at(set, i);
            if (member.codePoint() == rune.codePoint()) {
                return true;
            }
            i += member.width();
        }
        return false;
    }

    private static boolean separates(int rune) {
        if (rune < 0x80) {
            return !Character.isLetterOrDigit(rune) && rune != '_';
        }
        return !Character.isLetterOrDigit(rune) && isSpace(rune);
    }
}
