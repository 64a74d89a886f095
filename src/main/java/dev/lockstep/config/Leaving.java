package dev.lockstep.config;

import dev.lockstep.cluster.LeaderLease;
import dev.lockstep.reconcile.Leadership;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the operator ends. In between these two steps the Quarkus extension of the Java Operator SDK
 * stops taking work and waits for running syncs, at most as long as its termination-timeout.
 */
@Singleton
public final class Leaving {
    private static final Logger LOG = LoggerFactory.getLogger(Leaving.class);
    private static final int BEFORE_THE_OPERATOR_STOPS = 1;
    private static final int AFTER_IT_HAS_STOPPED = 10_000;

    /** With the 20 s of running syncs it must fit into a pod's 30 s of grace. */
    private static final Duration LONGEST_RELEASE = Duration.ofSeconds(5);

    private final Leadership leadership;
    private final LeaderLease lease;
    private final Clock clock;
    private final Duration shortestRest;

    Leaving(Rooms rooms, LeaderLease lease, Clock clock, LockstepConfig config) {
        this.leadership = rooms.leadership();
        this.lease = lease;
        this.clock = clock;
        var election = config.leaderElection();
        this.shortestRest = election.leaseDuration().minus(election.renewDeadline());
    }

    void begin(@Observes @Priority(BEFORE_THE_OPERATOR_STOPS) ShutdownEvent event) {
        leadership.stopping();
        if (leadership.held()) {
            // Nobody renews it while the operator stops.
            onThreadOfItsOwn().execute(() -> endBefore(heldUntil()));
        }
    }

    /** Where the API does not say: it was renewed within the renew deadline, or we did not lead. */
    private Instant heldUntil() {
        var atLeast = clock.instant().plus(shortestRest);
        try {
            return lease.heldUntil();
        } catch (KubernetesClientException e) {
            LOG.warn("cannot look at the lease ({})", e.getMessage());
            return atLeast;
        }
    }

    /** Running syncs that outlast the lease would write beside the next leader. */
    private void endBefore(Instant end) {
        var left = Duration.between(clock.instant(), end).toMillis();
        CompletableFuture.delayedExecutor(Math.max(0, left), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(
                        () -> {
                            LOG.error(
                                    "the lease ran out while syncs were still running, so the operator ends");
                            Runtime.getRuntime().halt(1);
                        });
    }

    /** Only now: while it held the lease nobody else wrote what running syncs still wrote. */
    void end(@Observes @Priority(AFTER_IT_HAS_STOPPED) ShutdownEvent event) {
        try {
            leadership.ended();
            within(LONGEST_RELEASE, lease::release);
        } finally {
            exitWith0IfToldToEnd();
        }
    }

    /** Whatever it comes to: an API server that hangs must not keep the operator from ending. */
    private static void within(Duration atMost, Runnable action) {
        var done = CompletableFuture.runAsync(action, onThreadOfItsOwn());
        done.orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS).exceptionally(e -> null).join();
    }

    private static Executor onThreadOfItsOwn() {
        return task -> {
            var thread = new Thread(task, "leaving");
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** A JVM exits with 143 on SIGTERM, but whom the kubelet tells to end has not failed. */
    private static void exitWith0IfToldToEnd() {
        if (ApplicationLifecycleManager.isVmShuttingDown()) {
            Runtime.getRuntime().halt(0);
        }
    }
}
