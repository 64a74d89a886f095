package dev.lockstep.gotemplate.functions;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;

/** Where a time is told: Go's {@code *time.Location}. */
sealed interface GoZone {
    /** Also "Local": the same template must give the same text wherever the operator runs. */
    GoZone UTC = new Fixed("UTC", 0);

    /** Seconds east of UTC. */
    int offset(Instant instant);

    /** The abbreviation; empty for an offset without one. */
    String name(Instant instant);

    /** By its name in the time zone database. */
    static Optional<GoZone> load(String name) {
        if (name.isEmpty() || name.equals("UTC") || name.equals("Local")) {
            return Optional.of(UTC);
        }
        var fixed = Named.WITHOUT_RULES_IN_JAVA.get(name);
        if (fixed != null) {
            return Optional.of(fixed);
        }
        try {
            var zone = ZoneId.of(name);
            // Java's own notations, such as UTC+1, are in no database.
            return ZoneId.getAvailableZoneIds().contains(name) && !(zone instanceof ZoneOffset)
                    ? Optional.of(new Named(zone))
                    : Optional.empty();
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    record Fixed(String abbreviation, int seconds) implements GoZone {
        @Override
        public int offset(Instant instant) {
            return seconds;
        }

        @Override
        public String name(Instant instant) {
            return abbreviation;
        }
    }

    record Named(ZoneId zone) implements GoZone {
        private static final int HOUR = 3600;
        private static final Map<String, GoZone> WITHOUT_RULES_IN_JAVA =
                Map.of(
                        "EST", new Fixed("EST", -5 * HOUR),
                        "MST", new Fixed("MST", -7 * HOUR),
                        "HST", new Fixed("HST", -10 * HOUR));

        @Override
        public int offset(Instant instant) {
            return zone.getRules().getOffset(instant).getTotalSeconds();
        }

        @Override
        public String name(Instant instant) {
            var name =
                    TimeZone.getTimeZone(zone)
                            .getDisplayName(
                                    zone.getRules().isDaylightSavings(instant),
                                    TimeZone.SHORT,
                                    Locale.US);
            // The database writes an offset for what has no name of its own.
            return name.startsWith("GMT") && name.length() > 3
                    ? offsetName(name.substring(3))
                    : name;
        }

        /** {@code -05:00} as -05. */
        private static String offsetName(String offset) {
            var digits = offset.replace(":", "");
            return digits.endsWith("00") ? digits.substring(0, digits.length() - 2) : digits;
        }
    }
}
