package dev.lockstep.sandbox.aws;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** Admits so many calls in any second. */
final class RateLimit {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final int perSecond;
    private final LongSupplier nanos;
    private final Deque<Long> admitted = new ArrayDeque<>();

    RateLimit(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    synchronized boolean admits() {
        var now = nanos.getAsLong();
        while (!admitted.isEmpty() && now - admitted.peekFirst() >= SECOND) {
            admitted.removeFirst();
        }
        if (admitted.size() >= perSecond) {
            return false;
        }
        admitted.addLast(now);
        return true;
    }
}
