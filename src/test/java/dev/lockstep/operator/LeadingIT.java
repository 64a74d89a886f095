package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of two replicas one leads, and the other follows it. */
@RealApiServer
class LeadingIT {
    /** Beyond the 20 s that running syncs may take. */
    private static final Duration GRACE = Duration.ofSeconds(25);

    private final KubeApiServer server;
    private final RealCluster cluster;
    private final Tenant tenant;

    LeadingIT(KubeApiServer server, KubernetesClient admin) {
        this.server = server;
        cluster = RealCluster.start(server, admin);
        tenant = cluster.tenant().withStore();
    }

    @BeforeEach
    void inStep() {
        tenant.create("db", "first");
        tenant.apply(tenant.externalSecret("db", ""));
        tenant.awaitReady("db", "SecretSynced");
    }

    @AfterEach
    void stop() {
        server.start();
        tenant.close();
        cluster.close();
    }

    @Test
    void aStandby_isReady_andMakesNoAwsCall() {
        try (var elsewhere = EmbeddedAws.start();
                var standby = cluster.startStandby(elsewhere)) {
            awaiting("the standby to be ready")
                    .until(() -> standby.get("/q/health/ready").code() == 200);
            tenant.rotate("db", "second");
            tenant.awaitData("db", Map.of("password", "second"));

            assertThat(elsewhere.calls()).isEmpty();
            assertThat(standby.get("/q/health/live").code()).isEqualTo(200);
        }
    }

    @Test
    void aLeaderThatIsToldToEnd_finishesItsSyncs_givesTheLeaseUp_andExitsWith0() {
        var leader = cluster.operator();
        tenant.create("new", "value");
        try (var hold = cluster.aws.faults().hold("GetSecretValue")) {
            tenant.apply(
                    tenant.externalSecret("new", "").replace(tenant.key("db"), tenant.key("new")));
            awaiting("a sync to be under way").until(() -> hold.waiting() > 0);

            leader.terminate();

            awaiting("it to take no more work")
                    .until(() -> leader.log().contains("is shutting down"));
            assertThat(cluster.lease().getHolderIdentity())
                    .as("whoever still writes still leads; it said:\n%s", leader.log())
                    .isNotEmpty();
        }
        assertThat(leader.awaitEnd(GRACE)).hasValue(0);
        assertThat(tenant.data("new")).contains(Map.of("password", "value"));
        assertThat(cluster.lease().getHolderIdentity()).isNullOrEmpty();
    }

    @Test
    void afterALeaderThatWasToldToEnd_theOtherLeads_longBeforeTheLeaseHasRunOut() {
        try (var standby = cluster.startStandby(cluster.aws)) {
            cluster.operator().terminate();
            assertThat(cluster.operator().awaitEnd(GRACE)).hasValue(0);
            var released = ZonedDateTime.now();
            tenant.rotate("db", "second");

            tenant.awaitData("db", Map.of("password", "second"));

            // It looks at the lease every 5 to 11 s.
            assertThat(cluster.lease().getAcquireTime()).isBefore(released.plusSeconds(15));
            assertThat(standby.isAlive()).isTrue();
        }
    }

    @Test
    void afterALeaderThatWasKilled_theOtherLeads_onceTheLeaseHasRunOut() {
        try (var standby = cluster.startStandby(cluster.aws)) {
            cluster.killOperator();
            tenant.rotate("db", "second");

            tenant.awaitData("db", Map.of("password", "second"));

            assertThat(standby.isAlive()).isTrue();
        }
    }

    /** The kubelet starts it again; whether somebody else led meanwhile, it cannot know. */
    @Test
    void aLeaderThatCannotRenewItsLease_endsWith1_andGoesOnOnceStartedAgain() {
        server.stop();
        tenant.rotate("db", "second");

        assertThat(cluster.operator().awaitEnd(Duration.ofSeconds(60))).hasValue(1);

        server.start();
        cluster.startAgain();
        tenant.awaitData("db", Map.of("password", "second"));
    }
}
