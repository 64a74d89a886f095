package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cluster.EventSeries.Repeats;
import io.fabric8.kubernetes.api.model.ObjectReference;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** When repeats of one Event are written. */
class EventSeriesTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final EventSeries series =
            new EventSeries(
                    new EventSubject(new ObjectReference(), "team", "e", "Normal", "Synced"));

    @Test
    void theFirst_isWrittenAtOnce() {
        assertThat(series.note("one", NOON, PAUSE)).contains(Duration.ZERO);
        assertThat(series.take(NOON)).isEqualTo(new Repeats(1, "one", NOON));
    }

    @Test
    void whatComesBeforeItIsWritten_goesWithIt() {
        series.note("one", NOON, PAUSE);

        assertThat(series.note("two", NOON.plusSeconds(1), PAUSE)).isEmpty();
        assertThat(series.take(NOON.plusSeconds(1)))
                .isEqualTo(new Repeats(2, "two", NOON.plusSeconds(1)));
    }

    @Test
    void repeatsWithinThePause_areWrittenTogetherAtItsEnd() {
        series.note("one", NOON, PAUSE);
        series.take(NOON);

        assertThat(series.note("two", NOON.plusSeconds(3), PAUSE)).contains(Duration.ofSeconds(7));
        assertThat(series.note("three", NOON.plusSeconds(4), PAUSE)).isEmpty();
        assertThat(series.take(NOON.plusSeconds(10)))
                .isEqualTo(new Repeats(2, "three", NOON.plusSeconds(4)));
    }

    @Test
    void aRepeatAfterThePause_isWrittenAtOnce() {
        series.note("one", NOON, PAUSE);
        series.take(NOON);

        assertThat(series.note("two", NOON.plusSeconds(60), PAUSE)).contains(Duration.ZERO);
    }
}
