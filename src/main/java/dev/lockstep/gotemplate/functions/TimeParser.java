package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a time as {@code time.ParseInLocation} does, with UTC for the location. */
final class TimeParser {
    private static final int UNSET = -1;
    private static final int LONGEST_FRACTION = 9;

    private final String layout;
    private final String whole;
    private int at;

    private int year;
    private int month = UNSET;
    private int day = UNSET;
    private int yearDay = UNSET;
    private int hour;
    private int minute;
    private int second;
    private int nanos;
    private boolean am;
    private boolean pm;
    private boolean utc;
    private @Nullable Integer offset;
    private String zoneName = "";

    private TimeParser(String layout, String text) {
        this.layout = layout;
        this.whole = text;
    }

    static GoTime parse(String layout, String text) throws FunctionException {
        return new TimeParser(layout, text).parse();
    }

    private GoTime parse() throws FunctionException {
        var parsed = TimeLayout.parse(layout);
        skip(parsed.before());
        var pieces = parsed.pieces();
        for (int i = 0; i < pieces.size(); i++) {
            var next =
                    i + 1 < pieces.size() && pieces.get(i).after().isEmpty()
                            ? pieces.get(i + 1)
                            : null;
            read(pieces.get(i), next);
            skip(pieces.get(i).after());
        }
        if (left() > 0) {
            throw failure("extra text");
        }
        return time();
    }

    private void read(TimeLayout.Piece piece, TimeLayout.@Nullable Piece next)
            throws FunctionException {
        switch (piece.element()) {
            case LONG_MONTH -> month = name(GoTime.MONTHS, 0) + 1;
            case MONTH -> month = name(GoTime.MONTHS, GoTime.SHORT_NAME) + 1;
            case MONTH_NUMBER, MONTH_ZERO -> {
                month = number(piece.element() == TimeLayout.Element.MONTH_ZERO);
                inRange(month >= 1 && month <= 12, "month");
            }
            case LONG_WEEKDAY -> name(GoTime.WEEKDAYS, 0);
            case WEEKDAY -> name(GoTime.WEEKDAYS, GoTime.SHORT_NAME);
            case DAY, DAY_ZERO -> day = number(piece.element() == TimeLayout.Element.DAY_ZERO);
            case DAY_SPACE -> {
                skipSpace();
                day = number(false);
            }
            case YEAR_DAY_SPACE -> {
                skipSpace();
                skipSpace();
                yearDay = upToThreeDigits(false);
            }
            case YEAR_DAY_ZERO -> yearDay = upToThreeDigits(true);
            case HOUR -> {
                hour = number(false);
                inRange(hour < 24, "hour");
            }
            case HOUR_12, HOUR_12_ZERO -> {
                hour = number(piece.element() == TimeLayout.Element.HOUR_12_ZERO);
                inRange(hour <= 12, "hour");
            }
            case MINUTE, MINUTE_ZERO -> {
                minute = number(piece.element() == TimeLayout.Element.MINUTE_ZERO);
                inRange(minute < 60, "minute");
            }
            case SECOND, SECOND_ZERO -> second(piece, next);
            case LONG_YEAR -> longYear();
            case YEAR -> shortYear();
            case UPPER_PM -> half("AM", "PM");
            case LOWER_PM -> half("am", "pm");
            case ZONE_NAME -> zone();
            case OFFSET -> offset(piece.offset());
            case FRACTION_FIXED -> fixedFraction(piece.digits());
            case FRACTION_TRIMMED -> {
                if (startsWithFraction()) {
                    fraction();
                }
            }
        }
    }

    private void second(TimeLayout.Piece piece, TimeLayout.@Nullable Piece next)
            throws FunctionException {
        second = number(piece.element() == TimeLayout.Element.SECOND_ZERO);
        inRange(second < 60, "second");
        // A fraction is read even where the layout has none.
        if (startsWithFraction() && !isFraction(next)) {
            fraction();
        }
    }

    private static boolean isFraction(TimeLayout.@Nullable Piece piece) {
        return piece != null
                && (piece.element() == TimeLayout.Element.FRACTION_FIXED
                        || piece.element() == TimeLayout.Element.FRACTION_TRIMMED);
    }

    private void longYear() throws FunctionException {
        if (left() < 4 || !digits(4)) {
            throw failure("year");
        }
        year = Integer.parseInt(take(4));
    }

    private void shortYear() throws FunctionException {
        if (left() < 2 || !digits(2)) {
            throw failure("year");
        }
        int two = Integer.parseInt(take(2));
        year = two >= 69 ? 1900 + two : 2000 + two;
    }

    private void half(String morning, String afternoon) throws FunctionException {
        if (startsWith(afternoon)) {
            pm = true;
        } else if (startsWith(morning)) {
            am = true;
        } else {
            throw failure(afternoon);
        }
        take(2);
    }

    private void offset(TimeLayout.OffsetStyle style) throws FunctionException {
        if (style.zulu() && startsWith("Z")) {
            take(1);
            utc = true;
            return;
        }
        if (left() == 0 || peek(0) != '+' && peek(0) != '-') {
            throw failure("time zone offset");
        }
        int sign = take(1).equals("-") ? -1 : 1;
        int[] limits = {24, 60, 60};
        int seconds = 0;
        for (int i = 0; i < limits.length; i++) {
            int part = 0;
            if (i < style.parts()) {
                if (i > 0 && style.colons()) {
                    if (!startsWith(":")) {
                        throw failure("time zone offset");
                    }
                    take(1);
                }
                if (!digits(2)) {
                    throw failure("time zone offset");
                }
                part = Integer.parseInt(take(2));
            }
            inRange(part <= limits[i], "time zone offset");
            seconds = seconds * 60 + part;
        }
        offset = sign * seconds;
    }

    private void zone() throws FunctionException {
        if (startsWith("UTC")) {
            take(3);
            utc = true;
            return;
        }
        int length = zoneNameLength();
        if (length == 0) {
            throw failure("time zone");
        }
        zoneName = take(length);
    }

    private int zoneNameLength() {
        if (left() < 3) {
            return 0;
        }
        if (startsWith("ChST") || startsWith("MeST")) {
            return 4;
        }
        if (startsWith("GMT")) {
            return 3 + signedHourLength(3);
        }
        if (peek(0) == '+' || peek(0) == '-') {
            return signedHourLength(0);
        }
        int capitals = 0;
        while (capitals < Math.min(6, left()) && isCapital(peek(capitals))) {
            capitals++;
        }
        return switch (capitals) {
            case 3 -> 3;
            case 4 -> peek(3) == 'T' || startsWith("WITA") ? 4 : 0;
            case 5 -> peek(4) == 'T' ? 5 : 0;
            default -> 0;
        };
    }

    /** Of a sign and up to 23 hours; 0 where there is none. */
    private int signedHourLength(int from) {
        if (left() <= from || peek(from) != '+' && peek(from) != '-') {
            return 0;
        }
        int end = from + 1;
        long hours = 0;
        while (end < left() && isDigit(peek(end)) && hours < 1000) {
            hours = hours * 10 + peek(end) - '0';
            end++;
        }
        return end == from + 1 || hours > 23 ? 0 : end - from;
    }

    private boolean startsWithFraction() {
        return left() >= 2 && isSeparator(peek(0)) && isDigit(peek(1));
    }

    private void fraction() {
        int end = 1;
        while (end < left() && isDigit(peek(end))) {
            end++;
        }
        nanos = nanos(take(end).substring(1));
    }

    private void fixedFraction(int digits) throws FunctionException {
        if (left() < digits + 1 || !isSeparator(peek(0))) {
            throw failure("fractional second");
        }
        var fraction = whole.substring(at + 1, at + digits + 1);
        if (!fraction.chars().allMatch(c -> isDigit((char) c))) {
            throw failure("fractional second");
        }
        take(digits + 1);
        nanos = nanos(fraction);
    }

    private static int nanos(String fraction) {
        var kept = fraction.substring(0, Math.min(fraction.length(), LONGEST_FRACTION));
        return Integer.parseInt(kept + "0".repeat(LONGEST_FRACTION - kept.length()));
    }

    private GoTime time() throws FunctionException {
        if (pm && hour < 12) {
            hour += 12;
        } else if (am && hour == 12) {
            hour = 0;
        }
        var local = LocalDateTime.of(date(), LocalTime.of(hour, minute, second, nanos));
        if (utc) {
            return GoTime.of(local, GoZone.UTC);
        }
        if (offset != null) {
            boolean isUtc = offset == 0 && (zoneName.isEmpty() || zoneName.equals("UTC"));
            return GoTime.of(local, isUtc ? GoZone.UTC : new GoZone.Fixed(zoneName, offset));
        }
        if (!zoneName.isEmpty()) {
            // Go takes the time for one of UTC, and tells it in the zone.
            return new GoTime(
                    local.toInstant(ZoneOffset.UTC), new GoZone.Fixed(zoneName, offsetOfName()));
        }
        return GoTime.of(local, GoZone.UTC);
    }

    /** Only {@code GMT+3} tells an offset; other names are taken for one of 0. */
    private int offsetOfName() {
        if (!zoneName.startsWith("GMT") || zoneName.length() == 3) {
            return 0;
        }
        return Integer.parseInt(zoneName.substring(3)) * 3600;
    }

    private LocalDate date() throws FunctionException {
        if (yearDay != UNSET) {
            return dateOfYearDay();
        }
        try {
            return LocalDate.of(year, month == UNSET ? 1 : month, day == UNSET ? 1 : day);
        } catch (DateTimeException noSuchDay) {
            throw failure("day out of range");
        }
    }

    private LocalDate dateOfYearDay() throws FunctionException {
        if (yearDay < 1 || yearDay > Year.of(year).length()) {
            throw failure("day-of-year out of range");
        }
        var date = LocalDate.ofYearDay(year, yearDay);
        if (month != UNSET && month != date.getMonthValue()) {
            throw failure("day-of-year does not match month");
        }
        if (day != UNSET && day != date.getDayOfMonth()) {
            throw failure("day-of-year does not match day");
        }
        return date;
    }

    /** Text of the layout; a run of spaces in it stands for any number of them. */
    private void skip(String text) throws FunctionException {
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == ' ') {
                if (left() > 0 && peek(0) != ' ') {
                    throw failure("text");
                }
                while (i < text.length() && text.charAt(i) == ' ') {
                    i++;
                }
                while (startsWith(" ")) {
                    take(1);
                }
                continue;
            }
            if (left() == 0 || peek(0) != text.charAt(i)) {
                throw failure("text");
            }
            take(1);
            i++;
        }
    }

    private void skipSpace() {
        if (startsWith(" ")) {
            take(1);
        }
    }

    private int name(List<String> names, int length) throws FunctionException {
        int index = GoTime.startingName(names, length, whole, at);
        if (index < 0) {
            throw failure("name");
        }
        take(length == 0 ? names.get(index).length() : length);
        return index;
    }

    /** Of one digit or two. */
    private int number(boolean two) throws FunctionException {
        if (digits(2)) {
            return Integer.parseInt(take(2));
        }
        if (two || !digits(1)) {
            throw failure("number");
        }
        return Integer.parseInt(take(1));
    }

    private int upToThreeDigits(boolean three) throws FunctionException {
        int length = digits(3) ? 3 : digits(2) ? 2 : digits(1) ? 1 : 0;
        if (length == 0 || three && length != 3) {
            throw failure("day of the year");
        }
        return Integer.parseInt(take(length));
    }

    private boolean digits(int count) {
        return left() >= count
                && whole.substring(at, at + count).chars().allMatch(c -> isDigit((char) c));
    }

    private String take(int length) {
        at += length;
        return whole.substring(at - length, at);
    }

    private int left() {
        return whole.length() - at;
    }

    private char peek(int ahead) {
        return whole.charAt(at + ahead);
    }

    private boolean startsWith(String text) {
        return whole.startsWith(text, at);
    }

    private void inRange(boolean holds, String what) throws FunctionException {
        if (!holds) {
            throw failure(what + " out of range");
        }
    }

    private FunctionException failure(String what) {
        return FunctionException.quoting(
                "the text is no time of this layout: " + what,
                "parsing time \"" + whole + "\" as \"" + layout + "\": " + what);
    }

    private static boolean isSeparator(char c) {
        return c == '.' || c == ',';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isCapital(char c) {
        return c >= 'A' && c <= 'Z';
    }
}
