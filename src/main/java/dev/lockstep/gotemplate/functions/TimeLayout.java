package dev.lockstep.gotemplate.functions;

import java.util.ArrayList;
import java.util.List;

/**
 * A layout of Go's {@code time} package: an example that shows how {@code Mon Jan 2 15:04:05 MST
 * 2006} would be written. Texts are bytes, one a character.
 *
 * @param pieces what stands before the first element, and each element with the text after it
 */
record TimeLayout(String before, List<Piece> pieces) {

    enum Element {
        LONG_MONTH,
        MONTH,
        MONTH_NUMBER,
        MONTH_ZERO,
        LONG_WEEKDAY,
        WEEKDAY,
        DAY,
        DAY_SPACE,
        DAY_ZERO,
        YEAR_DAY_SPACE,
        YEAR_DAY_ZERO,
        HOUR,
        HOUR_12,
        HOUR_12_ZERO,
        MINUTE,
        MINUTE_ZERO,
        SECOND,
        SECOND_ZERO,
        LONG_YEAR,
        YEAR,
        UPPER_PM,
        LOWER_PM,
        ZONE_NAME,
        OFFSET,
        FRACTION_FIXED,
        FRACTION_TRIMMED
    }

    /** How an offset is written: with Z for UTC, with colons, down to hours, minutes or seconds. */
    record OffsetStyle(boolean zulu, boolean colons, int parts) {
        static final OffsetStyle NONE = new OffsetStyle(false, false, 0);

        static OffsetStyle of(String example) {
            int digits = (int) example.chars().filter(Character::isDigit).count();
            return new OffsetStyle(example.startsWith("Z"), example.contains(":"), digits / 2);
        }
    }

    /**
     * @param digits of a fraction
     * @param separator before a fraction
     */
    record Piece(Element element, OffsetStyle offset, int digits, char separator, String after) {}

    private static final List<String> OFFSETS =
            List.of("070000", "07:00:00", "0700", "07:00", "07");
    private static final Element[] AFTER_ZERO = {
        Element.MONTH_ZERO,
        Element.DAY_ZERO,
        Element.HOUR_12_ZERO,
        Element.MINUTE_ZERO,
        Element.SECOND_ZERO,
        Element.YEAR
    };

    static TimeLayout parse(String layout) {
        var scanner = new Scanner(layout);
        var before = new StringBuilder();
        var pieces = new ArrayList<Piece>();
        while (!scanner.atEnd()) {
            var found = scanner.element();
            if (found == null) {
                before.append(scanner.character());
                continue;
            }
            pieces.add(found);
            before = new StringBuilder();
            scanner.textInto(before);
            pieces.set(
                    pieces.size() - 1,
                    new Piece(
                            found.element(),
                            found.offset(),
                            found.digits(),
                            found.separator(),
                            before.toString()));
        }
        return new TimeLayout(scanner.leading(), List.copyOf(pieces));
    }

    private static final class Scanner {
        private final String layout;
        private int at;
        private int firstElement = -1;

        Scanner(String layout) {
            this.layout = layout;
        }

        boolean atEnd() {
            return at >= layout.length();
        }

        char character() {
            return layout.charAt(at++);
        }

        String leading() {
            return firstElement < 0 ? layout : layout.substring(0, firstElement);
        }

        /** Takes the text up to the next element. */
        void textInto(StringBuilder text) {
            while (!atEnd()) {
                int here = at;
                if (element() != null) {
                    at = here;
                    return;
                }
                text.append(character());
            }
        }

        /** Takes the element that starts here, if one does. */
        Piece element() {
            int start = at;
            var found =
                    switch (layout.charAt(at)) {
                        case 'J' -> january();
                        case 'M' -> monday();
                        case '0' -> zero();
                        case '1' -> take("15", Element.HOUR, take("1", Element.MONTH_NUMBER, null));
                        case '2' -> take("2006", Element.LONG_YEAR, take("2", Element.DAY, null));
                        case '_' -> underscore();
                        case '3' -> take("3", Element.HOUR_12, null);
                        case '4' -> take("4", Element.MINUTE, null);
                        case '5' -> take("5", Element.SECOND, null);
                        case 'P' -> take("PM", Element.UPPER_PM, null);
                        case 'p' -> take("pm", Element.LOWER_PM, null);
                        case '-', 'Z' -> offset();
                        case '.', ',' -> fraction();
                        default -> null;
                    };
            if (found == null) {
                return null;
            }
            if (firstElement < 0) {
                firstElement = start;
            }
            at += found.length();
            return found.piece();
        }

        private Found january() {
            return take("January", Element.LONG_MONTH, unlessInWord("Jan", Element.MONTH));
        }

        private Found monday() {
            return take(
                    "Monday",
                    Element.LONG_WEEKDAY,
                    unlessInWordElse("Mon", Element.WEEKDAY, take("MST", Element.ZONE_NAME, null)));
        }

        private Found unlessInWord(String example, Element element) {
            return unlessInWordElse(example, element, null);
        }

        private Found unlessInWordElse(String example, Element element, Found otherwise) {
            int end = at + example.length();
            boolean inWord = end < layout.length() && isLower(layout.charAt(end));
            return inWord && layout.startsWith(example, at)
                    ? null
                    : take(example, element, otherwise);
        }

        private Found zero() {
            if (at + 1 < layout.length()) {
                char next = layout.charAt(at + 1);
                if (next >= '1' && next <= '6') {
                    return simple(AFTER_ZERO[next - '1'], 2);
                }
            }
            return take("002", Element.YEAR_DAY_ZERO, null);
        }

        private Found underscore() {
            // "_2006" is an underscore before a year.
            if (layout.startsWith("_2006", at)) {
                return null;
            }
            return take("_2", Element.DAY_SPACE, take("__2", Element.YEAR_DAY_SPACE, null));
        }

        private Found offset() {
            char sign = layout.charAt(at);
            for (var digits : OFFSETS) {
                if (layout.startsWith(digits, at + 1)) {
                    var style = OffsetStyle.of(sign + digits);
                    return new Found(
                            new Piece(Element.OFFSET, style, 0, '\0', ""), 1 + digits.length());
                }
            }
            return null;
        }

        /** A separator and a run of zeros or nines that no other digit follows. */
        private Found fraction() {
            if (at + 1 >= layout.length()) {
                return null;
            }
            char digit = layout.charAt(at + 1);
            if (digit != '0' && digit != '9') {
                return null;
            }
            int end = at + 1;
            while (end < layout.length() && layout.charAt(end) == digit) {
                end++;
            }
            if (end < layout.length() && isDigit(layout.charAt(end))) {
                return null;
            }
            var element = digit == '0' ? Element.FRACTION_FIXED : Element.FRACTION_TRIMMED;
            int digits = end - at - 1;
            return new Found(
                    new Piece(element, OffsetStyle.NONE, digits, layout.charAt(at), ""), end - at);
        }

        private Found take(String example, Element element, Found otherwise) {
            return layout.startsWith(example, at) ? simple(element, example.length()) : otherwise;
        }

        private static Found simple(Element element, int length) {
            return new Found(new Piece(element, OffsetStyle.NONE, 0, '\0', ""), length);
        }

        private static boolean isLower(char c) {
            return c >= 'a' && c <= 'z';
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }

        private record Found(Piece piece, int length) {}
    }
}
