package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OperatorMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OperatorMetrics metrics = new OperatorMetrics(registry);

    @Test
    void calls_areTimed_byServiceOperationAndOutcome() {
        metrics.called("SecretsManager", "ListSecrets", "Ok", Duration.ofMillis(20));
        metrics.called("SecretsManager", "ListSecrets", "Ok", Duration.ofMillis(40));
        var timer =
                registry.get("lockstep.aws.calls")
                        .tags("service", "SecretsManager")
                        .tags("operation", "ListSecrets", "outcome", "Ok")
                        .timer();
        assertThat(timer.count()).isEqualTo(2);
        assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(60);
    }

    @Test
    void onlyThrottledCalls_countAsThrottled() {
        metrics.called("SecretsManager", "ListSecrets", "AccessDenied", Duration.ZERO);
        assertThat(throttled()).isZero();
        metrics.called("SecretsManager", "ListSecrets", "Throttled", Duration.ZERO);
        assertThat(throttled()).isEqualTo(1);
    }

    private double throttled() {
        return registry.get("lockstep.aws.throttled").counter().count();
    }

    @Test
    void identitiesOverBudget_areThoseThatStillAre() {
        metrics.budgetExceeded(true);
        metrics.budgetExceeded(true);
        metrics.budgetExceeded(false);
        assertThat(registry.get("lockstep.watch.identities.over.budget").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void sweeps_areTimed_byModeAndCompleteness() {
        metrics.swept(VersionWatchMode.List, Duration.ofSeconds(2), false);
        assertThat(
                        registry.get("lockstep.watch.sweep")
                                .tags("mode", "List", "complete", "false")
                                .timer()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void syncsAndFailures_areCounted_byCauseAndReason() {
        metrics.synced("VERSION_MOVED");
        metrics.failed("NotJson");
        assertThat(registry.get("lockstep.syncs").tag("cause", "VERSION_MOVED").counter().count())
                .isEqualTo(1);
        assertThat(
                        registry.get("lockstep.sync.failures")
                                .tag("reason", "NotJson")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void theDelayOfAVersion_isRecorded() {
        metrics.carried(Duration.ofSeconds(3));
        assertThat(registry.get("lockstep.version.delay").timer().totalTime(TimeUnit.SECONDS))
                .isEqualTo(3);
    }

    @Test
    void noLabel_growsWithTheNumberOfObjects() {
        metrics.called("SecretsManager", "ListSecrets", "Throttled", Duration.ZERO);
        metrics.swept(VersionWatchMode.Describe, Duration.ZERO, true);
        metrics.budgetExceeded(true);
        metrics.synced("TARGET_MISSING");
        metrics.failed("NotFound");
        metrics.carried(Duration.ZERO);
        assertThat(labels())
                .containsExactlyInAnyOrder(
                        "service", "operation", "outcome", "mode", "complete", "cause", "reason");
    }

    private Set<String> labels() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .flatMap(id -> id.getTags().stream())
                .map(Tag::getKey)
                .collect(Collectors.toSet());
    }
}
