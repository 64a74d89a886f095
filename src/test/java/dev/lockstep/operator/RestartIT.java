package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator leaves and comes again; or the API server does. */
@RealApiServer
class RestartIT {
    private static final List<String> NAMES = List.of("one", "two", "three", "four", "five");

    private final KubeApiServer server;
    private final KubernetesClient admin;
    private RealCluster cluster;
    private Tenant tenant;

    RestartIT(KubeApiServer server, KubernetesClient admin) {
        this.server = server;
        this.admin = admin;
    }

    @BeforeEach
    void inStep() {
        cluster = RealCluster.start(server, admin);
        tenant = cluster.tenant().withStore();
        for (var name : NAMES) {
            tenant.create(name, "first");
            tenant.apply(
                    tenant.externalSecret(name, "").replace(tenant.key("db"), tenant.key(name)));
        }
        NAMES.forEach(name -> tenant.awaitReady(name, "SecretSynced"));
    }

    @AfterEach
    void stop() {
        server.start();
        tenant.close();
        cluster.close();
    }

    @Test
    void sigterm_endsIt_withinTheGraceOfItsPod() {
        cluster.operator().terminate();

        assertThat(cluster.operator().awaitEnd(Duration.ofSeconds(25))).isPresent();
    }

    @Test
    void startedAgain_itReadsNoValueThatItHasWritten() {
        stopOperator();
        cluster.aws.forgetRequests();

        cluster.startAgain();
        tenant.rotate("one", "second");

        tenant.awaitData("one", Map.of("password", "second"));
        assertThat(NAMES.stream().filter(name -> tenant.reads(name) > 0)).containsExactly("one");
    }

    @Test
    void whatRotatedWhileItWasAway_isSyncedAfterItsStart() {
        stopOperator();
        NAMES.forEach(name -> tenant.rotate(name, "second"));

        cluster.startAgain();

        NAMES.forEach(name -> tenant.awaitData(name, Map.of("password", "second")));
    }

    private void stopOperator() {
        cluster.operator().terminate();
        assertThat(cluster.operator().awaitEnd(Duration.ofSeconds(25))).isPresent();
    }

    /** An API server that has just started forbids everything until it has read its RBAC. */
    @Test
    void whatRotatedWhileTheApiServerWasAway_isSynced_onceItIsBack() {
        server.stop();
        NAMES.forEach(name -> tenant.rotate(name, "second"));
        assertThat(cluster.operator().get("/q/health/live").code())
                .as("an outage is no reason to be killed")
                .isEqualTo(200);

        server.start();
        if (!cluster.operator().isAlive()) {
            // It has lost the lease, which ends it; the kubelet would start it again.
            assertThat(cluster.operator().awaitEnd(Duration.ZERO)).hasValue(1);
            cluster.startAgain();
        }

        NAMES.forEach(name -> tenant.awaitData(name, Map.of("password", "second")));
        awaiting("it to be ready again")
                .until(() -> cluster.operator().get("/q/health/ready").code() == 200);
    }
}
