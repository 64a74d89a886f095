package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private final Heartbeat heartbeat = new Heartbeat(HOUR);

    @Property
    void everyInterval_hasExactlyOneBeat(
            @ForAll @StringLength(max = 36) String uid,
            @ForAll @LongRange(max = 7_200_000) long ms) {
        var at = NOW.plusMillis(ms);
        var beat = at.plus(heartbeat.untilNext(uid, at));
        assertThat(heartbeat.untilNext(uid, at)).isPositive().isLessThanOrEqualTo(HOUR);
        assertThat(heartbeat.between(uid, at, beat)).isTrue();
        assertThat(heartbeat.between(uid, at, beat.minusMillis(1))).isFalse();
        assertThat(heartbeat.between(uid, beat, beat.plus(HOUR).minusMillis(1))).isFalse();
    }

    @Test
    void beatsOfManyObjects_areSpreadOverTheWholeInterval() {
        var quarters =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> heartbeat.untilNext("uid-" + i, NOW).toMinutes() / 15)
                        .distinct();
        assertThat(quarters).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
    }
}
