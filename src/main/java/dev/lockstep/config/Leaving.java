package dev.lockstep.config;

import dev.lockstep.cluster.LeaderLease;
import dev.lockstep.reconcile.Leadership;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * How the operator ends. In between these two steps the Quarkus extension of the Java Operator SDK
 * stops taking work and waits for running syncs, at most as long as its termination-timeout.
 */
@Singleton
public final class Leaving {
    private static final int BEFORE_THE_OPERATOR_STOPS = 1;
    private static final int AFTER_IT_HAS_STOPPED = 10_000;

    private final Leadership leadership;
    private final LeaderLease lease;

    Leaving(Rooms rooms, LeaderLease lease) {
        this.leadership = rooms.leadership();
        this.lease = lease;
    }

    void begin(@Observes @Priority(BEFORE_THE_OPERATOR_STOPS) ShutdownEvent event) {
        leadership.stopping();
    }

    /** Only now: while it held the lease nobody else wrote what running syncs still wrote. */
    void end(@Observes @Priority(AFTER_IT_HAS_STOPPED) ShutdownEvent event) {
        leadership.ended();
        lease.release();
        exitWith0IfToldToEnd();
    }

    /** A JVM exits with 143 on SIGTERM, but whom the kubelet tells to end has not failed. */
    private static void exitWith0IfToldToEnd() {
        if (ApplicationLifecycleManager.isVmShuttingDown()) {
            Runtime.getRuntime().halt(0);
        }
    }
}
