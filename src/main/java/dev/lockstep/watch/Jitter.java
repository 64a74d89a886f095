package dev.lockstep.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Keeps what started together from coming due together.
 *
 * @param at uniform in [0, 1)
 * @param first whether it spreads a second look over the whole interval, since first looks come all
 *     at once
 */
record Jitter(double at, boolean first) {

    static Jitter drawn(RandomGenerator random, boolean first) {
        return new Jitter(random.nextDouble(), first);
    }

    /** The interval ±10 %; for a first one, anything from a tenth of it. */
    Duration around(Duration interval) {
        return times(interval, first ? 0.1 + 0.9 * at : 0.9 + 0.2 * at);
    }

    /** At most 10 % less than the interval, and never more: for what must have happened by then. */
    Duration early(Duration interval) {
        return times(interval, 1 - 0.1 * at);
    }

    private static Duration times(Duration interval, double factor) {
        return Duration.ofMillis((long) (interval.toMillis() * factor));
    }
}
