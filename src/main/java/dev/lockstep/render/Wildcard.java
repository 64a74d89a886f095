package dev.lockstep.render;

import java.util.Arrays;

/**
 * Patterns of github.com/tidwall/match: {@code *} is any run of characters, {@code ?} any one
 * character, and a backslash takes the next character as it is.
 */
final class Wildcard {
    private static final int RUN = -1;
    private static final int ONE = -2;

    private Wildcard() {}

    /** Takes at most length of the text times length of the pattern. */
    static boolean matches(String text, String pattern) {
        return matches(text.codePoints().toArray(), parse(pattern));
    }

    private static int[] parse(String pattern) {
        var parsed = new int[pattern.length()];
        int length = 0;
        boolean literal = false;
        for (int c : pattern.codePoints().toArray()) {
            if (c == '\\' && !literal) {
                literal = true;
                continue;
            }
            parsed[length++] = literal ? c : c == '*' ? RUN : c == '?' ? ONE : c;
            literal = false;
        }
        if (literal) {
            parsed[length++] = '\\';
        }
        return Arrays.copyOf(parsed, length);
    }

    /** On a mismatch the last run takes one character more; earlier runs need not be tried. */
    private static boolean matches(int[] text, int[] pattern) {
        int at = 0;
        int next = 0;
        int afterRun = -1;
        int runEnd = 0;
        while (at < text.length) {
            if (next < pattern.length && pattern[next] == RUN) {
                afterRun = ++next;
                runEnd = at;
            } else if (next < pattern.length
                    && (pattern[next] == ONE || pattern[next] == text[at])) {
                next++;
                at++;
            } else if (afterRun >= 0) {
                next = afterRun;
                at = ++runEnd;
            } else {
                return false;
            }
        }
        while (next < pattern.length && pattern[next] == RUN) {
            next++;
        }
        return next == pattern.length;
    }
}
