package dev.lockstep.sync;

import dev.lockstep.sync.CronField.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalInt;

/** Five fields, as cron has them. */
record CronSchedule(
        CronField minute,
        CronField hour,
        CronField dayOfMonth,
        CronField month,
        CronField dayOfWeek)
        implements Schedule {
    private static final int MINUTES_OF_HOUR = 60;
    private static final int MINUTES_OF_DAY = 24 * MINUTES_OF_HOUR;

    /** February 29 may be that far away, around a year such as 2100. */
    private static final int LONGEST_GAP_YEARS = 8;

    static CronSchedule parse(String text) throws ScheduleSyntaxException {
        var fields = text.strip().split("\\s+");
        if (fields.length != Kind.values().length) {
            throw new ScheduleSyntaxException(
                    "it has %d fields: write five, for minute, hour, day of month, month and day of week"
                            .formatted(fields.length));
        }
        return new CronSchedule(
                CronField.parse(Kind.MINUTE, fields[0]),
                CronField.parse(Kind.HOUR, fields[1]),
                CronField.parse(Kind.DAY_OF_MONTH, fields[2]),
                CronField.parse(Kind.MONTH, fields[3]),
                CronField.parse(Kind.DAY_OF_WEEK, fields[4]));
    }

    @Override
    public Optional<Instant> next(Instant after) {
        var first =
                LocalDateTime.ofInstant(after, ZoneOffset.UTC)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .plusMinutes(1);
        var from = first.get(ChronoField.MINUTE_OF_DAY);
        var limit = first.toLocalDate().plusYears(LONGEST_GAP_YEARS);
        for (var day = first.toLocalDate(); !day.isAfter(limit); day = day.plusDays(1)) {
            var found = isOn(day) ? firstMinute(from) : OptionalInt.empty();
            if (found.isPresent()) {
                return Optional.of(
                        day.atStartOfDay().plusMinutes(found.getAsInt()).toInstant(ZoneOffset.UTC));
            }
            from = 0;
        }
        return Optional.empty();
    }

    /** Where both the day of the month and that of the week are restricted, either is enough. */
    private boolean isOn(LocalDate day) {
        var ofMonth = dayOfMonth.has(day.getDayOfMonth());
        var ofWeek = dayOfWeek.has(day.getDayOfWeek().getValue() % 7);
        var both = dayOfMonth.any() || dayOfWeek.any();
        return month.has(day.getMonthValue()) && (both ? ofMonth && ofWeek : ofMonth || ofWeek);
    }

    private OptionalInt firstMinute(int from) {
        for (var at = from; at < MINUTES_OF_DAY; at++) {
            if (hour.has(at / MINUTES_OF_HOUR) && minute.has(at % MINUTES_OF_HOUR)) {
                return OptionalInt.of(at);
            }
        }
        return OptionalInt.empty();
    }
}
