package dev.lockstep.sync;

import java.time.Duration;
import java.time.Instant;

/**
 * When a status is written although nothing changed: once per interval, each object at a moment of
 * its own, so that thousands spread over the whole interval without anything being remembered.
 */
public record Heartbeat(Duration interval) {

    /** Whether a beat of that object lies between the two. */
    public boolean between(String uid, Instant last, Instant now) {
        return beats(uid, now) > beats(uid, last);
    }

    /** How long until the next beat of that object; never zero. */
    public Duration untilNext(String uid, Instant now) {
        var millis = interval.toMillis();
        return Duration.ofMillis(millis - Math.floorMod(now.toEpochMilli() + phase(uid), millis));
    }

    private long beats(String uid, Instant at) {
        return Math.floorDiv(at.toEpochMilli() + phase(uid), interval.toMillis());
    }

    private long phase(String uid) {
        var hash = Long.parseUnsignedLong(Fingerprint.of(uid).substring(0, 15), 16);
        return Math.floorMod(hash, interval.toMillis());
    }
}
