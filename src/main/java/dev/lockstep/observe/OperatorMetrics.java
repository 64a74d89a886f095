package dev.lockstep.observe;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.CallObserver;
import dev.lockstep.watch.WatchObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What the operator does, counted without a label that grows with the number of objects. */
public final class OperatorMetrics implements CallObserver, WatchObserver {
    private static final String THROTTLED = "Throttled";

    private final MeterRegistry registry;
    private final Counter throttled;
    private final Timer delay;
    private final AtomicInteger overBudget = new AtomicInteger();

    public OperatorMetrics(MeterRegistry registry) {
        this.registry = registry;
        throttled =
                Counter.builder("lockstep.aws.throttled")
                        .description("AWS calls that were given up because AWS throttled them")
                        .register(registry);
        delay =
                Timer.builder("lockstep.version.delay")
                        .description("From a version's change in AWS to its Secret being written")
                        .publishPercentileHistogram()
                        .minimumExpectedValue(Duration.ofMillis(500))
                        .maximumExpectedValue(Duration.ofMinutes(10))
                        .register(registry);
        registry.gauge("lockstep.watch.identities.over.budget", overBudget);
    }

    @Override
    public void called(String service, String operation, String outcome, Duration took) {
        Timer.builder("lockstep.aws.calls")
                .description("Calls to AWS, the SDK's own retries included")
                .tag("service", service)
                .tag("operation", operation)
                .tag("outcome", outcome)
                .register(registry)
                .record(took);
        if (outcome.equals(THROTTLED)) {
            throttled.increment();
        }
    }

    @Override
    public void swept(VersionWatchMode mode, Duration took, boolean complete) {
        Timer.builder("lockstep.watch.sweep")
                .description("Looks at the versions of all that one identity watches")
                .tag("mode", mode.name())
                .tag("complete", Boolean.toString(complete))
                .register(registry)
                .record(took);
    }

    @Override
    public void budgetExceeded(boolean exceeded) {
        overBudget.addAndGet(exceeded ? 1 : -1);
    }

    /**
     * Values were read and the Secret is in step.
     *
     * @param cause what made the sync due
     */
    public void synced(String cause) {
        Counter.builder("lockstep.syncs")
                .description("Syncs that read values, by what made them due")
                .tag("cause", cause)
                .register(registry)
                .increment();
    }

    /**
     * A reconciliation has failed.
     *
     * @param reason of Ready
     */
    public void failed(String reason) {
        Counter.builder("lockstep.sync.failures")
                .description("Failed attempts, by the reason of Ready")
                .tag("reason", reason)
                .register(registry)
                .increment();
    }

    /** A Secret carries a new version, that long after AWS had it. */
    public void carried(Duration sinceChange) {
        delay.record(sinceChange);
    }
}
