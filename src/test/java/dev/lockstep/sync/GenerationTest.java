package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sync.Generation.Made;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Generation.Use USE = new Generation.Use("uid", 1);

    @Test
    void valuesAreDue_atTheRefreshInterval_andNotBefore() {
        var made = Made.of(NOW, Optional.empty());

        assertThat(made.isDue(HOUR, NOW.plus(HOUR).minusMillis(1))).isFalse();
        assertThat(made.isDue(HOUR, NOW.plus(HOUR))).isTrue();
    }

    @Test
    void withoutARefreshInterval_valuesAreNeverDue() {
        var made = Made.of(NOW, Optional.empty());

        assertThat(made.until(Duration.ZERO)).isEmpty();
        assertThat(made.until(Duration.ofHours(-1))).isEmpty();
    }

    @Test
    void aToken_isDueWithAQuarterOfItsLifeLeft_whateverTheInterval() {
        var made = Made.of(NOW, Optional.of(Duration.ofHours(12)));

        assertThat(made.until(Duration.ofDays(30))).contains(NOW.plus(Duration.ofHours(9)));
        assertThat(made.until(Duration.ZERO)).contains(NOW.plus(Duration.ofHours(9)));
        assertThat(made.until(HOUR)).contains(NOW.plus(HOUR));
    }

    /** The clock of the node may be wrong, and AWS must not be asked without end. */
    @Test
    void aTokenThatHasExpiredAlready_isNotRenewedAgainAtOnce() {
        var made = Made.of(NOW, Optional.of(Duration.ofHours(-1)));

        assertThat(made.until(HOUR)).contains(NOW.plus(Duration.ofMinutes(1)));
    }

    @Test
    void withoutGenerators_theVersionIsThatOfWhatWasRead() {
        assertThat(Generation.NONE.versions("read")).isEqualTo("read");
    }

    @Test
    void theVersion_movesWithTheGenerator_thePeriodAndWhatWasRead() {
        var made = Made.of(NOW, Optional.empty());
        var generation = new Generation(List.of(USE), Optional.of(made), false, false);

        assertThat(
                        List.of(
                                generation.versions("read"),
                                generation.versions("other"),
                                generation.versions(
                                        "read", Made.of(NOW.plus(HOUR), Optional.empty())),
                                version(new Generation.Use("uid", 2)),
                                version(new Generation.Use("other", 1))))
                .doesNotHaveDuplicates();
        assertThat(generation.versions("read")).isEqualTo(version(USE));
    }

    private static String version(Generation.Use use) {
        return new Generation(List.of(use), Optional.empty(), false, false)
                .versions("read", Made.of(NOW, Optional.empty()));
    }
}
