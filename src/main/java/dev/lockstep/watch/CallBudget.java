package dev.lockstep.watch;

import java.time.Instant;
import java.util.Arrays;

/**
 * Counts calls over a sliding hour, in minutes, so that the count is of the last 60 to 61 minutes:
 * at least that of the last hour, hence a bound checked against it holds for every hour.
 *
 * <p>Calls that the refresh intervals ask for are counted apart: they are never refused.
 */
final class CallBudget {
    private static final int MINUTES = 61;

    private final int[] extra = new int[MINUTES];
    private final int[] asked = new int[MINUTES];
    private long minute = Long.MIN_VALUE;

    /** Counts a call beyond the asked ones, unless {@code maxPerHour} have been made. */
    boolean tryExtra(int maxPerHour, Instant now) {
        if (extraLeft(maxPerHour, now) <= 0) {
            return false;
        }
        extra[slot()]++;
        return true;
    }

    int extraLeft(int maxPerHour, Instant now) {
        advance(now);
        return maxPerHour - Arrays.stream(extra).sum();
    }

    /** Counts a call that a refresh interval asks for. */
    void asked(Instant now) {
        advance(now);
        asked[slot()]++;
    }

    int callsLastHour(Instant now) {
        advance(now);
        return Arrays.stream(extra).sum() + Arrays.stream(asked).sum();
    }

    private void advance(Instant now) {
        var current = now.getEpochSecond() / 60;
        var passed = current - Math.max(minute, current - MINUTES);
        for (var i = 0L; i < passed; i++) {
            minute = current - passed + 1 + i;
            extra[slot()] = 0;
            asked[slot()] = 0;
        }
    }

    private int slot() {
        return (int) Math.floorMod(minute, (long) MINUTES);
    }
}
