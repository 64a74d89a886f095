package dev.lockstep.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How fast one identity may be asked. Trouble closes a gate for a time that doubles; throttling
 * stretches the intervals as well, and every good round takes one doubling back.
 */
final class Pace {
    static final int MAX_STRETCH = 16;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    private final RandomGenerator random;
    private Instant opensAt = Instant.MIN;
    private int troubles;
    private int stretch = 1;

    Pace(RandomGenerator random) {
        this.random = random;
    }

    /** How long no call may be made yet; zero when one may. */
    Duration closedFor(Instant now) {
        return now.isBefore(opensAt) ? Duration.between(now, opensAt) : Duration.ZERO;
    }

    /** By how much intervals are stretched: 1 when AWS does not throttle. */
    int stretch() {
        return stretch;
    }

    /** Whether the last round failed, so that the next should be a small probe. */
    boolean troubled() {
        return troubles > 0;
    }

    void good() {
        troubles = 0;
        stretch = Math.max(1, stretch / 2);
    }

    void throttled(Instant now) {
        stretch = Math.min(MAX_STRETCH, stretch * 2);
        failed(now);
    }

    void failed(Instant now) {
        opensAt = now.plus(wait(troubles++, random));
    }

    /**
     * From one second to five minutes, shortened by up to a half so that many do not come together.
     *
     * @param before how many waits went before this one
     */
    static Duration wait(int before, RandomGenerator random) {
        var doubled = FIRST_WAIT.multipliedBy(1L << Math.min(before, 20));
        var longest = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
        return Duration.ofMillis((long) (longest.toMillis() * (1 - random.nextDouble() / 2)));
    }
}
