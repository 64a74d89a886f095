package dev.lockstep.gotemplate.value;

import java.util.ArrayList;
import java.util.stream.Stream;

/** How Go reads UTF-8 (unicode/utf8): what is none is U+FFFD of width 1. */
public final class Runes {
    public static final int ERROR = 0xFFFD;

    private static final int[] LEAST = {0, 0, 0x80, 0x800, 0x10000};

    private Runes() {}

    /**
     * @param width in bytes
     */
    public record Rune(int codePoint, int at, int width) {
        /** Whether it stands for a byte that is no UTF-8. */
        public boolean isBroken() {
            return codePoint == ERROR && width == 1;
        }
    }

    public static Stream<Rune> of(String raw) {
        var runes = new ArrayList<Rune>();
        for (int i = 0; i < raw.length(); ) {
            var rune = at(raw, i);
            runes.add(rune);
            i += rune.width();
        }
        return runes.stream();
    }

    public static Rune at(String raw, int at) {
        int first = raw.charAt(at);
        if (first < 0x80) {
            return new Rune(first, at, 1);
        }
        int width = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (width == 0 || at + width > raw.length()) {
            return new Rune(ERROR, at, 1);
        }
        int codePoint = first & (0x7F >> width);
        for (int i = 1; i < width; i++) {
            int next = raw.charAt(at + i);
            if ((next & 0xC0) != 0x80) {
                return new Rune(ERROR, at, 1);
            }
            codePoint = codePoint << 6 | next & 0x3F;
        }
        boolean surrogate = codePoint >= 0xD800 && codePoint <= 0xDFFF;
        if (codePoint < LEAST[width] || codePoint > Character.MAX_CODE_POINT || surrogate) {
            return new Rune(ERROR, at, 1);
        }
        return new Rune(codePoint, at, width);
    }

    /** Appends as UTF-8; what is no character as U+FFFD. */
    public static void append(StringBuilder raw, long rune) {
        boolean none =
                rune < 0
                        || rune > Character.MAX_CODE_POINT
                        || rune >= Character.MIN_SURROGATE && rune <= Character.MAX_SURROGATE;
        int c = none ? ERROR : (int) rune;
        if (c < 0x80) {
            raw.append((char) c);
        } else if (c < 0x800) {
            raw.append((char) (0xC0 | c >> 6)).append(tail(c));
        } else if (c < 0x10000) {
            raw.append((char) (0xE0 | c >> 12)).append(tail(c >> 6)).append(tail(c));
        } else {
            raw.append((char) (0xF0 | c >> 18))
                    .append(tail(c >> 12))
                    .append(tail(c >> 6))
                    .append(tail(c));
        }
    }

    private static char tail(int bits) {
        return (char) (0x80 | bits & 0x3F);
    }
}
