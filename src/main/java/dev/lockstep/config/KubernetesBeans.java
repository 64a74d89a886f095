package dev.lockstep.config;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.cluster.LeaderLease;
import dev.lockstep.cluster.SharedStrings;
import dev.lockstep.reconcile.Leadership;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the operator behaves towards Kubernetes. Quarkus sees nobody ask for these beans, since the
 * extensions look them up as they go, and would remove them.
 */
@Singleton
public final class KubernetesBeans {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesBeans.class);

    private final String identity = nameOfThePod();

    /**
     * A field that a newer CRD added must not stop the watch; {@code api.Unknown} finds it later.
     */
    @Produces
    @Singleton
    @Unremovable
    KubernetesClientObjectMapperCustomizer unknownPropertiesPass() {
        return (ObjectMapper mapper) ->
                mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .registerModule(SharedStrings.module());
    }

    /** An operator whose watch has ended is deaf: ended and started again it hears. */
    @Produces
    @Singleton
    @Unremovable
    InformerStoppedHandler endWithTheWatch() {
        return (informer, cause) -> {
            if (cause != null) {
                LOG.error("a watch has ended for good, so the operator ends too", cause);
                Runtime.getRuntime().halt(1);
            }
        };
    }

    /** QOSDK's own producer is asked before it knows the registry, and then counts nothing. */
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry registry) {
        return MicrometerMetricsV2.newBuilder(registry).build();
    }

    @Produces
    @Singleton
    LeaderLease lease(KubernetesClient client, LockstepConfig config) {
        var election = config.leaderElection();
        return new LeaderLease(
                client,
                election.leaseNamespace().orElseGet(client::getNamespace),
                election.leaseName(),
                identity);
    }

    @Produces
    @Singleton
    @Unremovable
    @SuppressWarnings("deprecation") // Its builder, which is not, cannot turn JOSDK's exit off.
    LeaderElectionConfiguration leaderElection(LockstepConfig config, Rooms rooms) {
        var election = config.leaderElection();
        var leadership = rooms.leadership();
        return new LeaderElectionConfiguration(
                election.leaseName(),
                election.leaseNamespace().orElse(null),
                election.leaseDuration(),
                election.renewDeadline(),
                election.retryPeriod(),
                identity,
                new LeaderCallbacks(
                        leadership::gained,
                        () -> endUnlessStopping(leadership),
                        leader -> LOG.info("the leader is {}", leader)),
                // JOSDK would first wait for running syncs, which may write no more.
                false);
    }

    private static void endUnlessStopping(Leadership leadership) {
        if (!leadership.isStopping()) {
            LOG.error(
                    "the lease could not be renewed in time, and another replica may lead now, so the operator ends");
            Runtime.getRuntime().halt(1);
        }
    }

    /** A container that is started again in its pod leads on at once. */
    private static String nameOfThePod() {
        return Optional.ofNullable(System.getenv("HOSTNAME"))
                .filter(name -> !name.isBlank())
                .orElseGet(() -> UUID.randomUUID().toString());
    }
}
