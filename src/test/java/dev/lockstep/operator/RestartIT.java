package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    @Test
    void killedInTheMiddleOfManySyncs_itWritesWhatIsMissing_andReadsAndRewritesNothingElse() {
        var many = IntStream.range(0, 500).mapToObj(i -> "many-" + i).toList();
        many.forEach(name -> tenant.create(name, "value of " + name));
        try (var batches = cluster.aws.faults().hold("BatchGetSecretValue");
                var single = cluster.aws.faults().hold("GetSecretValue")) {
            many.parallelStream()
                    .forEach(
                            name ->
                                    tenant.apply(
                                            tenant.externalSecret(name, "")
                                                    .replace(tenant.key("db"), tenant.key(name))));
            awaiting("syncs to be under way").until(() -> batches.waiting() + single.waiting() > 0);
        }
        awaiting("a hundred of the Secrets").until(() -> tenant.revisions().size() > 100);

        cluster.killOperator();
        var written = tenant.revisions();
        assertThat(written.size()).as("Secrets when it was killed").isLessThan(500);
        cluster.aws.forgetRequests();
        cluster.startAgain();

        awaiting("the rest of the Secrets")
                .until(() -> tenant.revisions().keySet().containsAll(many));
        awaiting("all to be ready").until(() -> tenant.areReady(many));
        assertThat(many)
                .allSatisfy(
                        name ->
                                assertThat(tenant.data(name))
                                        .contains(Map.of("password", "value of " + name)));
        assertThat(tenant.revisions()).containsAllEntriesOf(written);
        assertThat(written.keySet()).allMatch(name -> tenant.reads(name) == 0);
    }

    @Test
    void whatRotatedWhileEtcdHung_isSynced_onceItAnswers() {
        server.freezeEtcd();
        try {
            tenant.rotate("one", "second");
            awaiting("the value to be read").until(() -> tenant.reads("one") > 1);
        } finally {
            server.thawEtcd();
        }

        tenant.awaitData("one", Map.of("password", "second"));
        assertThat(cluster.operator().isAlive()).isTrue();
    }

    /** Its watches are cut and refused from then on. */
    @Test
    void aliveButDeaf_theLivenessProbeSaysSo_untilItHearsAgain() {
        var binding = cluster.admin.rbac().clusterRoleBindings().withName("lockstep").require();
        cluster.admin.resource(binding).delete();
        server.stop();
        server.start();

        awaiting("what restarts it if this lasts for five minutes")
                .untilAsserted(
                        () ->
                                assertThat(cluster.operator().get("/q/health/live").body())
                                        .contains("externalsecret/secrets")
                                        .containsPattern("\"deafSince\": \"20"));

        binding.getMetadata().setResourceVersion(null);
        cluster.admin.resource(binding).create();
        awaiting("it to hear again")
                .until(
                        () ->
                                cluster.operator()
                                        .get("/q/health/live")
                                        .body()
                                        .contains("\"deafSince\": \"never\""));
        tenant.rotate("one", "second");
        tenant.awaitData("one", Map.of("password", "second"));
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

        NAMES.forEach(name -> tenant.awaitData(name, Map.of("password", "second")));
        awaiting("it to be ready again")
                .until(() -> cluster.operator().get("/q/health/ready").code() == 200);
    }
}
