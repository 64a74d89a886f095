package dev.lockstep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceResult;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** How long a value stays in memory (semantics 4). */
class ReadFlightsTest {
    private final ManualClock clock = new ManualClock();
    private final Queue<Runnable> afterSharing = new ArrayDeque<>();
    private final ReadFlights flights =
            new ReadFlights(() -> clock.instant().toEpochMilli() * 1_000_000, afterSharing::add);

    @Test
    void anAnswer_isOutOfMemoryTwoSecondsAfterItsRead() {
        var wanted =
                new ReadFlights.Wanted(
                        new FakeAccount().identity(), "db", RequestedVersion.CURRENT, false);
        var value = new RemoteValue(new RemoteVersion("arn", "v1"), SecretBytes.ofUtf8("secret"));
        flights.land(flights.claim(wanted), new SourceResult.Found<>(value));
        assertThat(flights.kept()).isEqualTo(2);

        clock.pass(ReadFlights.SHARED_FOR);
        afterSharing.forEach(Runnable::run);

        assertThat(flights.kept()).isZero();
    }
}
