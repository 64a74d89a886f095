package dev.lockstep.config;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Unremovable;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the operator behaves towards Kubernetes. Quarkus sees nobody ask for these beans, since the
 * extensions look them up as they go, and would remove them.
 */
@Singleton
public final class KubernetesBeans {
    private static final Logger LOG = LoggerFactory.getLogger(KubernetesBeans.class);

    /**
     * A field that a newer CRD added must not stop the watch; {@code api.Unknown} finds it later.
     */
    @Produces
    @Singleton
    @Unremovable
    KubernetesClientObjectMapperCustomizer unknownPropertiesPass() {
        return (ObjectMapper mapper) ->
                mapper.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
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
    @Unremovable
    LeaderElectionConfiguration leaderElection(LockstepConfig config, Rooms rooms) {
        var election = config.leaderElection();
        var builder =
                LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                                election.leaseName())
                        .withLeaseDuration(election.leaseDuration())
                        .withRenewDeadline(election.renewDeadline())
                        .withRetryPeriod(election.retryPeriod())
                        .withLeaderCallbacks(
                                new LeaderCallbacks(
                                        rooms.leadership()::gained,
                                        rooms.leadership()::lost,
                                        leader -> LOG.info("the leader is {}", leader)));
        election.leaseNamespace().ifPresent(builder::withLeaseNamespace);
        return builder.build();
    }
}
