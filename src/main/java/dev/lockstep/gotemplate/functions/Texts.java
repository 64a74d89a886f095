package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.Meter;
import dev.lockstep.gotemplate.value.Runes;
import java.util.ArrayList;
import java.util.List;

/** Cutting, joining and wrapping of raw texts, in bytes as Sprig counts. */
final class Texts {
    private static final String ELLIPSIS = "...";
    private static final int LEAST_WIDTH = 4;
    private static final int LEAST_WIDTH_OF_BOTH = 7;

    private Texts() {}

    static String abbreviate(String text, long offset, long width) {
        if (width < LEAST_WIDTH || text.isEmpty()) {
            return "";
        }
        if (text.length() <= width) {
            return text;
        }
        int most = (int) width;
        long start = Math.min(offset, text.length());
        if (text.length() - start < most - ELLIPSIS.length()) {
            start = text.length() - (most - ELLIPSIS.length());
        }
        if (start <= LEAST_WIDTH) {
            return text.substring(0, most - ELLIPSIS.length()) + ELLIPSIS;
        }
        if (most < LEAST_WIDTH_OF_BOTH) {
            return "";
        }
        if (start + most - ELLIPSIS.length() < text.length()) {
            return ELLIPSIS + abbreviate(text.substring((int) start), 0, most - ELLIPSIS.length());
        }
        return ELLIPSIS + text.substring(text.length() - (most - ELLIPSIS.length()));
    }

    static String substring(String text, long start, long end) throws FunctionException {
        if (start < 0) {
            return slice(text, 0, end);
        }
        if (end < 0 || end > text.length()) {
            return slice(text, start, text.length());
        }
        return slice(text, start, end);
    }

    /** Go's {@code text[start:end]}, with its panic for what is outside. */
    private static String slice(String text, long start, long end) throws FunctionException {
        if (end < 0 || end > text.length()) {
            throw new FunctionException(
                    end < 0
                            ? "runtime error: slice bounds out of range [:" + end + "]"
                            : "runtime error: slice bounds out of range [:%d] with length %d"
                                    .formatted(end, text.length()));
        }
        if (start > end) {
            throw new FunctionException(
                    "runtime error: slice bounds out of range [%d:%d]".formatted(start, end));
        }
        return text.substring((int) start, (int) end);
    }

    static String truncate(String text, long count) {
        if (count < 0 && text.length() + count > 0) {
            return text.substring((int) (text.length() + count));
        }
        return count >= 0 && text.length() > count ? text.substring(0, (int) count) : text;
    }

    static String repeat(Meter meter, String text, long count) throws FunctionException {
        if (count < 0) {
            throw new FunctionException("strings: negative Repeat count");
        }
        meter.allocate(product(text.length(), count));
        return text.isEmpty() ? "" : text.repeat((int) count);
    }

    static String indent(Meter meter, String text, long spaces) throws FunctionException {
        var pad = repeat(meter, " ", spaces);
        return pad + replace(meter, text, "\n", "\n" + pad);
    }

    /** {@code strings.ReplaceAll}: an empty pattern stands before each character and at the end. */
    static String replace(Meter meter, String text, String old, String with) {
        if (old.isEmpty()) {
            meter.allocate(product(text.length() + 1L, with.length()));
            var replaced = new StringBuilder(with);
            for (int i = 0; i < text.length(); ) {
                int end = i + Runes.at(text, i).width();
                replaced.append(text, i, end).append(with);
                i = end;
            }
            return replaced.toString();
        }
        long growth = Math.max(0, with.length() - old.length());
        meter.allocate(product(occurrences(text, old), growth));
        return text.replace(old, with);
    }

    /**
     * {@code strings.SplitN}.
     *
     * @param most pieces; below zero, all
     */
    static List<String> split(Meter meter, String text, String separator, long most) {
        var pieces = new ArrayList<String>();
        if (most == 0) {
            return pieces;
        }
        long limit = most < 0 ? Long.MAX_VALUE : most;
        int at = 0;
        while (pieces.size() + 1 < limit) {
            int end = separator.isEmpty() ? runeEnd(text, at) : text.indexOf(separator, at);
            if (end < 0) {
                break;
            }
            add(meter, pieces, text.substring(at, end));
            at = end + separator.length();
        }
        if (!separator.isEmpty() || at < text.length()) {
            add(meter, pieces, text.substring(at));
        }
        return pieces;
    }

    private static void add(Meter meter, List<String> pieces, String piece) {
        meter.allocate(32L + piece.length());
        pieces.add(piece);
    }

    private static int runeEnd(String text, int at) {
        return at < text.length() ? at + Runes.at(text, at).width() : -1;
    }

    static String join(Meter meter, List<String> parts, String separator) {
        long length = product(separator.length(), parts.size());
        for (var part : parts) {
            length += part.length();
        }
        meter.allocate(length);
        return String.join(separator, parts);
    }

    /**
     * Breaks at spaces; a space at the start of a line is dropped.
     *
     * @param cutting whether words that are too long are cut
     */
    static String wrap(Meter meter, String text, long width, String separator, boolean cutting) {
        int most = (int) Math.max(1, Math.min(width, Integer.MAX_VALUE / 2));
        var newline = separator.isEmpty() ? "\n" : separator;
        var wrapped = new StringBuilder();
        int at = 0;
        while (text.length() - at > most) {
            if (text.charAt(at) == ' ') {
                at++;
                continue;
            }
            int space = text.lastIndexOf(' ', at + most);
            int end;
            int next;
            if (space >= at) {
                end = space;
                next = space + 1;
            } else if (cutting) {
                end = at + most;
                next = end;
            } else {
                int later = text.indexOf(' ', at + most);
                if (later < 0) {
                    break;
                }
                end = later;
                next = later + 1;
            }
            meter.allocate((long) end - at + newline.length());
            wrapped.append(text, at, end).append(newline);
            at = next;
        }
        return wrapped.append(text, at, text.length()).toString();
    }

    /** goutils takes bytes for characters, and so mangles what is not ASCII. */
    static String withoutSpace(String text) {
        var kept = new StringBuilder(text.length());
        int count = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!Letters.isSpace(text.charAt(i))) {
                Runes.append(kept, text.charAt(i));
                count++;
            }
        }
        return count == text.length() ? text : kept.toString();
    }

    /** By bytes, as {@link #withoutSpace}. */
    static String initials(String text) {
        var initials = new StringBuilder();
        boolean afterGap = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean gap = Letters.isSpace(c);
            if (!gap && afterGap) {
                Runes.append(initials, c);
            }
            afterGap = gap;
        }
        return initials.toString();
    }

    private static long occurrences(String text, String part) {
        long count = 0;
        for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length())) {
            count++;
        }
        return count;
    }

    /** Far too much where it does not fit. */
    static long product(long left, long right) {
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        return high == 0 && low >= 0 ? low : Long.MAX_VALUE;
    }
}
