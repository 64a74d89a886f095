package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Condition;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.PodReadiness;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RealHelm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged operator, with the chart's rights, restarts what is due whoever leads. */
@RealApiServer
@RealHelm
class RolloutIT {
    private final KubeApiServer server = KubeApiServer.launch();
    private final KubernetesClient admin =
            new KubernetesClientBuilder().withConfig(server.adminConfig()).build();
    private PodReadiness pods;
    private RealCluster cluster;
    private Tenant tenant;

    @BeforeEach
    void inStep() {
        var team = new NamespaceBuilder().withNewMetadata().withName("team").endMetadata().build();
        admin.resource(team).create();
        cluster =
                RealCluster.startWithChart(
                        server,
                        admin,
                        "lockstep-rolling",
                        "--set",
                        "rollout.enabled=true,scopedNamespaces={team}");
        server.startControllerManager("deployment-controller", "replicaset-controller");
        pods = PodReadiness.start(admin);
        tenant = new Tenant(cluster, "team").withStore();
        tenant.create("db", "first");
        tenant.apply(tenant.externalSecret("db", "rollout: {restart: Consumers}"));
        tenant.awaitData("db", Map.of("password", "first"));
        tenant.apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: c, image: i, envFrom: [{secretRef: {name: db}}]}]}
                """);
        awaitRolledOut("RolledOut");
        var made = Instant.now();
        awaiting("the next second").until(() -> Instant.now().isAfter(made.plusSeconds(1)));
    }

    @AfterEach
    void stop() {
        pods.close();
        cluster.close();
        admin.close();
        server.close();
    }

    @Test
    void aLeaderThatIsKilledBeforeTheRestart_leavesItToTheNext_whichMakesItOnce() {
        try (var standby = cluster.startStandby(cluster.aws)) {
            awaiting("the standby to be ready")
                    .until(() -> standby.get("/q/health/ready").code() == 200);
            tenant.rotate("db", "second");
            tenant.awaitData("db", Map.of("password", "second"));
            cluster.killOperator();

            awaiting("the restart").atMost(Duration.ofSeconds(90)).until(() -> templates() == 2);
            awaitRolledOut("RolledOut");

            assertThat(templates()).isEqualTo(2);
            assertThat(standby.log()).contains("Deployment web restarted for [db]");
        }
        cluster.requireNothingForbidden();
    }

    private long templates() {
        return admin.apps().replicaSets().inNamespace("team").list().getItems().size();
    }

    private void awaitRolledOut(String reason) {
        awaiting("RolledOut to be " + reason)
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(
                        () ->
                                assertThat(
                                                tenant.externalSecret("db")
                                                        .status()
                                                        .condition(Condition.ROLLED_OUT))
                                        .map(Condition::reason)
                                        .contains(reason));
    }
}
