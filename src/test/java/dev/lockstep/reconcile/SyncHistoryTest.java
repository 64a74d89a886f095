package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ExternalSecretStatus;
import dev.lockstep.sync.SyncFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyncHistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final SyncFailure PASSING =
            new SyncFailure("Throttled", "slow down", true, true, Optional.empty());
    private static final SyncFailure LASTING = SyncFailure.lasting("NotJson", "no JSON");

    private final SyncHistory history = new SyncHistory(new Random(7));

    @Test
    void aLastingFailure_isRetriedAtTheRefreshInterval_aTenthEarlyAtMost() {
        var attempt = history.failed("uid", "a", LASTING, NOW, HOUR);
        assertThat(Duration.between(NOW, attempt.retryAt()))
                .isBetween(Duration.ofMinutes(54), HOUR);
    }

    @Test
    void aDenialByTheApiServer_isRetriedByBackOff_forItMayJustHaveStarted() {
        var denied = SyncFailure.lasting("ApiDenied", "no verb patch");
        var attempt = history.failed("uid", "a", denied, NOW, HOUR);
        assertThat(Duration.between(NOW, attempt.retryAt()))
                .isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void passingFailuresInARow_areRetriedLaterAndLater_upToFiveMinutes() {
        var waits =
                IntStream.range(0, 12)
                        .mapToObj(i -> history.failed("uid", "a", PASSING, NOW, HOUR))
                        .map(attempt -> Duration.between(NOW, attempt.retryAt()))
                        .toList();
        assertThat(waits.subList(0, 9)).isSorted();
        assertThat(waits.get(0)).isLessThanOrEqualTo(Duration.ofSeconds(1));
        assertThat(waits.get(11)).isBetween(Duration.ofSeconds(270), Duration.ofMinutes(5));
    }

    @Test
    void theFirstFailureOfARow_tellsSinceWhen() {
        history.failed("uid", "a", PASSING, NOW, HOUR);
        var second = history.failed("uid", "a", PASSING, NOW.plusSeconds(60), HOUR);
        assertThat(second.since()).isEqualTo(NOW);
    }

    @Test
    void aSuccess_endsTheRow() {
        history.failed("uid", "a", PASSING, NOW, HOUR);
        history.succeeded("uid");
        assertThat(history.failed("uid")).isEmpty();
    }

    @Test
    void fiveRepairsAMinute_areFree_furtherOnesAreMadeOnceAMinute() {
        for (var i = 0; i < 5; i++) {
            assertThat(history.beforeRepair("uid", NOW.plusSeconds(i))).isZero();
        }
        assertThat(history.beforeRepair("uid", NOW.plusSeconds(10)))
                .isEqualTo(Duration.ofSeconds(54));
        assertThat(history.beforeRepair("uid", NOW.plusSeconds(64))).isZero();
        assertThat(history.beforeRepair("uid", NOW.plusSeconds(65)))
                .isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void twoQuietMinutes_endAFight() {
        IntStream.range(0, 6).forEach(i -> history.beforeRepair("uid", NOW));
        var later = NOW.plusSeconds(121);
        for (var i = 0; i < 5; i++) {
            assertThat(history.beforeRepair("uid", later)).isZero();
        }
    }

    @Test
    void fiveRepairsSpreadOverMinutes_areNoFight() {
        for (var i = 0; i < 20; i++) {
            assertThat(history.beforeRepair("uid", NOW.plusSeconds(20 * i))).isZero();
        }
    }

    @Test
    void oneObject_doesNotSlowAnother() {
        IntStream.range(0, 6).forEach(i -> history.beforeRepair("uid", NOW));
        history.failed("uid", "a", LASTING, NOW, HOUR);
        assertThat(history.beforeRepair("other", NOW)).isZero();
        assertThat(history.failed("other")).isEmpty();
    }

    @Test
    void whatIsForgotten_isNotHeldAgainstAnObjectOfTheSameUid() {
        history.failed("uid", "a", LASTING, NOW, HOUR);
        history.refreshed("uid", NOW);
        history.forget("uid");
        assertThat(history.failed("uid")).isEmpty();
        assertThat(history.refreshedAt("uid")).isEmpty();
    }

    @Test
    void aWrittenStatus_countsUntilTheCacheShowsAnother_forTenSecondsAtMost() {
        var cached = status("cached");
        var written = status("written");
        var edited = status("edited");
        history.reported("uid", cached, written, NOW);
        assertThat(history.status("uid", cached, NOW.plusSeconds(9))).isEqualTo(written);
        assertThat(history.status("uid", edited, NOW.plusSeconds(9))).isEqualTo(edited);
        assertThat(history.status("uid", cached, NOW.plusSeconds(10))).isEqualTo(cached);
        assertThat(history.status("other", cached, NOW)).isEqualTo(cached);
    }

    private static ExternalSecretStatus status(String syncedVersion) {
        return new ExternalSecretStatus(null, syncedVersion, List.of(), null, List.of(), null);
    }
}
