package dev.lockstep.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's options. Each can be given as a system property ({@code
 * -Dlockstep.cluster-name=…}) or an environment variable ({@code LOCKSTEP_CLUSTER_NAME}).
 */
@ConfigMapping(prefix = "lockstep")
public interface LockstepConfig {

    /**
     * Class of stores that this operator serves. With {@code default} also stores that name no
     * class, as External Secrets Operator does.
     */
    @WithDefault("default")
    String controllerClass();

    /**
     * Namespaces to serve, so that Roles in each of them are all the operator needs;
     * ClusterSecretStores are not served then. Absent: all namespaces.
     */
    Optional<Set<String>> namespaces();

    /**
     * Whether ClusterExternalSecrets are served; only where all namespaces are. Two operators must
     * not serve the same ones.
     */
    @WithDefault("true")
    boolean clusterExternalSecrets();

    /** Name of the cluster in AWS session names, and so in CloudTrail. */
    @WithDefault("kubernetes")
    String clusterName();

    /** Shorter refresh intervals of ExternalSecrets are raised to this. */
    @WithDefault("1s")
    Duration minRefreshInterval();

    /** How often a store is validated that has no refreshInterval of its own. */
    @WithDefault("5m")
    Duration storeRefreshInterval();

    /** How often a status is written although nothing changed. */
    @WithDefault("1h")
    Duration statusHeartbeat();

    /** Whether conditions are served as metrics, one series per object, condition and status. */
    @WithDefault("true")
    boolean conditionMetrics();

    /** Restarts of workloads whose Secret has changed. */
    Rollout rollout();

    /** Options of restarts. */
    interface Rollout {

        /**
         * Whether {@code spec.rollout} is served. Then workloads are watched, and the operator's
         * role must allow that and to patch them.
         */
        @WithDefault("false")
        boolean enabled();
    }

    /** Who leads when several replicas run. */
    LeaderElection leaderElection();

    /** Options of leader election. */
    interface LeaderElection {

        /** Name of the Lease. */
        @WithDefault("lockstep")
        String leaseName();

        /** Namespace of the Lease. Absent: the operator's own. */
        Optional<String> leaseNamespace();

        /** How long a leader that is not heard of keeps the lease. */
        @WithDefault("30s")
        Duration leaseDuration();

        /** By when the leader must have renewed the lease, or it gives up. */
        @WithDefault("20s")
        Duration renewDeadline();

        /** How often the lease is looked at. */
        @WithDefault("5s")
        Duration retryPeriod();
    }
}
