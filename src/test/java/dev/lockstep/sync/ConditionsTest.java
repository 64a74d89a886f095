package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Condition;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T10:00:00.123Z");
    private static final String EARLIER = "2025-12-31T00:00:00Z";
    private static final Condition READY =
            new Condition("Ready", "True", "SecretSynced", "in step", EARLIER);

    @Test
    void anotherStatus_movesTheTransitionTime() {
        var merged = merge(Conditions.of("Ready", false, "NotFound", "no secret"));
        assertThat(merged)
                .containsExactly(
                        new Condition(
                                "Ready", "False", "NotFound", "no secret", "2026-01-01T10:00:00Z"));
    }

    @Test
    void anotherReason_keepsTheTransitionTime() {
        var merged = merge(Conditions.of("Ready", true, "SecretDeleted", "gone"));
        assertThat(merged)
                .containsExactly(new Condition("Ready", "True", "SecretDeleted", "gone", EARLIER));
    }

    @Test
    void theSameCondition_isEqualToTheOneBefore() {
        assertThat(merge(Conditions.of("Ready", true, "SecretSynced", "in step")))
                .containsExactly(READY);
    }

    @Test
    void conditions_areOrderedByType() {
        var merged =
                merge(
                        Conditions.of("SourceAvailable", true, "Available", ""),
                        Conditions.of("Ready", true, "SecretSynced", "in step"));
        assertThat(merged).extracting(Condition::type).containsExactly("Ready", "SourceAvailable");
    }

    @Test
    void aConditionNotWantedAnyMore_goes() {
        assertThat(merge()).isEmpty();
    }

    @Test
    void aLongMessage_isCut_soThatTheApiTakesTheStatus() {
        assertThat(Conditions.of("Ready", false, "TargetConflict", "x".repeat(40_000)).message())
                .hasSize(1024)
                .endsWith("…");
    }

    private static List<Condition> merge(Condition... wanted) {
        return Conditions.merge(List.of(READY), List.of(wanted), NOW);
    }
}
