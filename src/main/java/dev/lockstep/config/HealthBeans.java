package dev.lockstep.config;

import dev.lockstep.observe.CachesHealth;
import dev.lockstep.observe.InformerHealth;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RuntimeInfo;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
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
    HealthCheck watches(Operator operator, Rooms rooms, Clock clock) {
        var runtime = operator.getRuntimeInfo();
        return new InformerHealth(
                () -> runtime.isStarted() ? broken(runtime, rooms) : List.of(), clock);
    }

    /**
     * JOSDK's own health asks whether informers run and once had synced, not whether they watch.
     */
    @SuppressWarnings({"rawtypes", "unchecked"}) // As JOSDK declares them.
    private static List<String> broken(RuntimeInfo runtime, Rooms rooms) {
        var watching = new TreeMap<String, Boolean>();
        for (var controller : runtime.getRegisteredControllers()) {
            controller
                    .getControllerHealthInfo()
                    .informerEventSourceHealthIndicators()
                    .forEach(
                            (name, source) ->
                                    watching.merge(
                                            controller.getConfiguration().getName()
                                                    + "/"
                                                    + name.replaceFirst("/.*", ""),
                                            watches(source),
                                            Boolean::logicalOr));
        }
        watching.values().removeIf(watches -> watches);
        var broken = new ArrayList<>(watching.keySet());
        if (!rooms.watchesServiceAccounts()) {
            broken.add("serviceaccounts");
        }
        if (!rooms.watchesWorkloads()) {
            broken.add("workloads");
        }
        return broken;
    }

    /** Where there is one informer for each namespace, some may be gone with their namespaces. */
    private static boolean watches(InformerWrappingEventSourceHealthIndicator<?> source) {
        return source.informerHealthIndicators().values().stream()
                .anyMatch(InformerHealthIndicator::isWatching);
    }

    /** JOSDK counts as started once every informer has synced, before anybody leads. */
    @Produces
    @Startup
    @ApplicationScoped
    HealthCheck caches(Operator operator) {
        return new CachesHealth(operator.getRuntimeInfo()::isStarted);
    }
}
