package dev.lockstep.sync;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The values of one field of a cron schedule.
 *
 * @param bits one for each value that matches
 * @param any whether it was written as {@code *} or {@code ?}, alone or in a list
 */
record CronField(long bits, boolean any) {
    private static final Pattern ITEM = Pattern.compile("(\\*|\\?|\\w+(?:-\\w+)?)(?:/(\\d{1,9}))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    /** Which field it is, with the values that it may have; names stand for least, least + 1, … */
    enum Kind {
        MINUTE("minute", 0, 59, List.of()),
        HOUR("hour", 0, 23, List.of()),
        DAY_OF_MONTH("day of month", 1, 31, List.of()),
        MONTH(
                "month",
                1,
                12,
                List.of(
                        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
                        "dec")),
        DAY_OF_WEEK("day of week", 0, 6, List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

        private final String words;
        private final int least;
        private final int greatest;
        private final List<String> names;

        Kind(String words, int least, int greatest, List<String> names) {
            this.words = words;
            this.least = least;
            this.greatest = greatest;
            this.names = names;
        }
    }

    static CronField parse(Kind kind, String text) throws ScheduleSyntaxException {
        var bits = 0L;
        var any = false;
        for (var item : text.split(",", -1)) {
            var match = ITEM.matcher(item);
            if (!match.matches()) {
                throw wrong(kind, text);
            }
            var range = match.group(1);
            var step = match.group(2) == null ? 1 : Integer.parseInt(match.group(2));
            var whole = range.equals("*") || range.equals("?");
            var ends = range.split("-", 2);
            var first = whole ? kind.least : value(kind, ends[0], text);
            var last =
                    whole || ends.length == 1 && match.group(2) != null
                            // A single value with a step runs to the field's end.
                            ? kind.greatest
                            : value(kind, ends[ends.length - 1], text);
            if (first < kind.least || last > kind.greatest || first > last || step < 1) {
                throw wrong(kind, text);
            }
            for (var value = first; value <= last; value += step) {
                bits |= 1L << value;
            }
            any |= whole && step == 1;
        }
        return new CronField(bits, any);
    }

    private static int value(Kind kind, String word, String text) throws ScheduleSyntaxException {
        if (NUMBER.matcher(word).matches()) {
            return Integer.parseInt(word);
        }
        var name = kind.names.indexOf(word.toLowerCase(Locale.ROOT));
        if (name < 0) {
            throw wrong(kind, text);
        }
        return kind.least + name;
    }

    private static ScheduleSyntaxException wrong(Kind kind, String text) {
        return new ScheduleSyntaxException(
                "its %s '%s' is wrong: write *, values from %d to %d, ranges such as %d-%d, or steps such as */2"
                        .formatted(
                                kind.words,
                                text,
                                kind.least,
                                kind.greatest,
                                kind.least,
                                kind.least + 4));
    }

    boolean has(int value) {
        return (bits >> value & 1) != 0;
    }
}
