package dev.lockstep.config;

import dev.lockstep.observe.CachesHealth;
import dev.lockstep.observe.InformerHealth;
import io.javaoperatorsdk.operator.Operator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Startup;

/**
 * What the kubelet asks. Whether the operator is ready, the Quarkus extension of the Java Operator
 * SDK answers. A standby passes all three: it keeps its caches warm and waits for the lease.
 */
@Singleton
public final class HealthBeans {

    /** An operator that is still starting is not deaf: the start-up probe has it in its eye. */
    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck watches(Operator operator, Clock clock) {
        var runtime = operator.getRuntimeInfo();
        return new InformerHealth(
                () -> !runtime.isStarted() || runtime.allEventSourcesAreHealthy(), clock);
    }

    /** JOSDK counts as started once every informer has synced, before anybody leads. */
    @Produces
    @Startup
    @ApplicationScoped
    HealthCheck caches(Operator operator) {
        return new CachesHealth(operator.getRuntimeInfo()::isStarted);
    }
}
