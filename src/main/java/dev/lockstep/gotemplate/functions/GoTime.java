package dev.lockstep.gotemplate.functions;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** A {@code time.Time}. Texts are bytes, one a character. */
record GoTime(Instant instant, GoZone zone) {
    /** Go's {@code time.Time{}}. */
    static final GoTime ZERO = new GoTime(Instant.parse("0001-01-01T00:00:00Z"), GoZone.UTC);

    static final List<String> MONTHS =
            List.of(
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December");
    static final List<String> WEEKDAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    static final int SHORT_NAME = 3;
    private static final int NANO_DIGITS = 9;
    private static final String PRINTED = "2006-01-02 15:04:05.999999999 -0700 MST";
    private static final String RFC3339_NANO = "2006-01-02T15:04:05.999999999Z07:00";

    GoTime in(GoZone other) {
        return new GoTime(instant, other);
    }

    GoTime plusNanos(long nanos) {
        return new GoTime(instant.plusNanos(nanos), zone);
    }

    /** What the clock on the wall of its zone shows. */
    LocalDateTime local() {
        return LocalDateTime.ofEpochSecond(
                instant.getEpochSecond() + zone.offset(instant), instant.getNano(), ZoneOffset.UTC);
    }

    /** The time that a clock on the wall of a zone shows. */
    static GoTime of(LocalDateTime local, GoZone zone) {
        var asUtc = local.toInstant(ZoneOffset.UTC);
        // Go's way where a clock change leaves two answers or none.
        var guess = asUtc.minusSeconds(zone.offset(asUtc));
        return new GoTime(asUtc.minusSeconds(zone.offset(guess)), zone);
    }

    int weekday() {
        return local().getDayOfWeek().getValue() % WEEKDAYS.size();
    }

    boolean isZero() {
        return instant.equals(ZERO.instant);
    }

    /** As Go prints it. */
    @Override
    public String toString() {
        return format(PRINTED);
    }

    String json() {
        return format(RFC3339_NANO);
    }

    String format(String layout) {
        var parsed = TimeLayout.parse(layout);
        var text = new StringBuilder(parsed.before());
        var local = local();
        for (var piece : parsed.pieces()) {
            append(text, piece, local);
            text.append(piece.after());
        }
        return text.toString();
    }

    private void append(StringBuilder text, TimeLayout.Piece piece, LocalDateTime local) {
        var month = MONTHS.get(local.getMonthValue() - 1);
        var weekday = WEEKDAYS.get(weekday());
        int hour12 = local.getHour() % 12 == 0 ? 12 : local.getHour() % 12;
        switch (piece.element()) {
            case LONG_MONTH -> text.append(month);
            case MONTH -> text.append(month, 0, SHORT_NAME);
            case MONTH_NUMBER -> text.append(local.getMonthValue());
            case MONTH_ZERO -> text.append(padded(local.getMonthValue(), 2));
            case LONG_WEEKDAY -> text.append(weekday);
            case WEEKDAY -> text.append(weekday, 0, SHORT_NAME);
            case DAY -> text.append(local.getDayOfMonth());
            case DAY_SPACE -> text.append("%2d".formatted(local.getDayOfMonth()));
            case DAY_ZERO -> text.append(padded(local.getDayOfMonth(), 2));
            case YEAR_DAY_SPACE -> text.append("%3d".formatted(local.getDayOfYear()));
            case YEAR_DAY_ZERO -> text.append(padded(local.getDayOfYear(), 3));
            case HOUR -> text.append(padded(local.getHour(), 2));
            case HOUR_12 -> text.append(hour12);
            case HOUR_12_ZERO -> text.append(padded(hour12, 2));
            case MINUTE -> text.append(local.getMinute());
            case MINUTE_ZERO -> text.append(padded(local.getMinute(), 2));
            case SECOND -> text.append(local.getSecond());
            case SECOND_ZERO -> text.append(padded(local.getSecond(), 2));
            case LONG_YEAR -> text.append(padded(local.getYear(), 4));
            case YEAR -> text.append(padded(Math.abs(local.getYear()) % 100, 2));
            case UPPER_PM -> text.append(local.getHour() >= 12 ? "PM" : "AM");
            case LOWER_PM -> text.append(local.getHour() >= 12 ? "pm" : "am");
            case ZONE_NAME -> text.append(zoneName());
            case OFFSET -> text.append(offset(piece.offset()));
            case FRACTION_FIXED, FRACTION_TRIMMED -> text.append(fraction(piece));
        }
    }

    private String zoneName() {
        var name = zone.name(instant);
        return name.isEmpty() ? offset(TimeLayout.OffsetStyle.of("-0700")) : name;
    }

    private String offset(TimeLayout.OffsetStyle style) {
        int seconds = zone.offset(instant);
        if (style.zulu() && seconds == 0) {
            return "Z";
        }
        int size = Math.abs(seconds);
        int[] parts = {size / 3600, size / 60 % 60, size % 60};
        // Go tells the sign by whole minutes.
        var text = new StringBuilder(seconds / 60 < 0 ? "-" : "+");
        for (int i = 0; i < style.parts(); i++) {
            text.append(i > 0 && style.colons() ? ":" : "").append(padded(parts[i], 2));
        }
        return text.toString();
    }

    private String fraction(TimeLayout.Piece piece) {
        boolean trimmed = piece.element() == TimeLayout.Element.FRACTION_TRIMMED;
        var nanos = padded(instant.getNano(), NANO_DIGITS);
        var digits = nanos.substring(0, Math.min(piece.digits(), NANO_DIGITS));
        if (trimmed) {
            digits = digits.replaceFirst("0+$", "");
        }
        return trimmed && digits.isEmpty() ? "" : piece.separator() + digits;
    }

    private static String padded(int number, int width) {
        var digits = String.valueOf(Math.abs((long) number));
        return (number < 0 ? "-" : "") + "0".repeat(Math.max(0, width - digits.length())) + digits;
    }

    /** Which of the names, or of their short forms, stands there in any case; -1 for none. */
    static int startingName(List<String> names, int length, String text, int at) {
        for (int i = 0; i < names.size(); i++) {
            var name = length == 0 ? names.get(i) : names.get(i).substring(0, length);
            if (text.regionMatches(true, at, name, 0, name.length())) {
                return i;
            }
        }
        return -1;
    }
}
