package dev.lockstep.sync;

import dev.lockstep.api.GoDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * When a sync window opens, in UTC: the syntax of ESO's, which is that of robfig/cron v3's {@code
 * ParseStandard}. No cron library of Java has its rules (a step on {@code *} makes the field count
 * as restricted, {@code 5/15} runs to the field's end, Sunday is 0 only), and they are few.
 */
sealed interface Schedule permits Schedule.Every, CronSchedule {
    Map<String, String> DESCRIPTORS =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");
    String EVERY = "@every ";

    /** The first moment after that one; empty where there is none. */
    Optional<Instant> next(Instant after);

    static Schedule parse(String text) throws ScheduleSyntaxException {
        if (text.startsWith(EVERY)) {
            return Every.parse(text.substring(EVERY.length()).strip());
        }
        if (!text.startsWith("@")) {
            return CronSchedule.parse(text);
        }
        var fields = DESCRIPTORS.get(text.toLowerCase(Locale.ROOT));
        if (fields == null) {
            throw new ScheduleSyntaxException(
                    "write @yearly, @monthly, @weekly, @daily, @hourly or @every with a duration");
        }
        return CronSchedule.parse(fields);
    }

    /**
     * Counted from 1970-01-01T00:00:00Z, so that {@code @every 6h} is at 0, 6, 12 and 18 o'clock.
     * ESO counts from the moment it looks, so that the window is always open or never.
     */
    record Every(Duration period) implements Schedule {
        private static final Duration SHORTEST = Duration.ofSeconds(1);

        static Every parse(String text) throws ScheduleSyntaxException {
            var period = GoDuration.parse(text);
            if (period.isEmpty() || period.get().compareTo(SHORTEST) < 0) {
                throw new ScheduleSyntaxException(
                        "'%s' is no duration of a second or more: write @every 6h or @every 1h30m"
                                .formatted(text));
            }
            return new Every(Duration.ofSeconds(period.get().toSeconds()));
        }

        @Override
        public Optional<Instant> next(Instant after) {
            var seconds = period.toSeconds();
            var past = Math.floorDiv(after.getEpochSecond(), seconds);
            return Optional.of(Instant.ofEpochSecond((past + 1) * seconds));
        }
    }
}
