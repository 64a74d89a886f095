package dev.lockstep.watch;

import java.time.Duration;
import java.time.Instant;

/**
 * How long keys never looked at wait for others, so that one sweep serves them all: until none has
 * come for a moment, and the longer the more pages a sweep has.
 */
record Gathering(int pages) {
    static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(1);
    private static final Duration PER_PAGE = Duration.ofMillis(200);

    Instant until(Instant first, Instant latest) {
        if (first.equals(Instant.MAX)) {
            return Instant.MIN;
        }
        var longest = first.plus(LONGEST).plus(PER_PAGE.multipliedBy(pages));
        var quiet = latest.plus(QUIET);
        return quiet.isBefore(longest) ? quiet : longest;
    }
}
