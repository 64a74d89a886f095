package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.Kubectl;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job of the packaged operator on a real API server, with the rights of deploy/. */
@RealApiServer
class PackagedOperatorIT {
    private static RealCluster cluster;
    private Tenant tenant;

    @BeforeAll
    static void start(KubeApiServer server, KubernetesClient admin) {
        cluster = RealCluster.start(server, admin);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = cluster.tenant().withStore();
    }

    @AfterEach
    void nothingForbidden() {
        tenant.close();
        cluster.requireNothingForbidden();
    }

    @Test
    void aRemoteSecret_becomesASecret_andStaysInStep() {
        inStep();

        var version = tenant.rotate("db", "second");
        tenant.awaitData("db", Map.of("password", "second"));
        awaiting("the status naming the new version")
                .until(
                        () -> tenant.externalSecret("db").status().sources().get(0).versionId(),
                        version::equals);

        Tenant.merge(tenant.secrets("db"), "{\"data\": {\"password\": \"aGFja2Vk\"}}");
        tenant.awaitData("db", Map.of("password", "second"));

        tenant.secrets("db").delete();
        tenant.awaitData("db", Map.of("password", "second"));
    }

    @Test
    void whatMatches_isFollowed() {
        tenant.create("one", "1");
        tenant.create("two", "2");
        tenant.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: found}
                spec:
                  secretStoreRef: {name: aws}
                  dataFrom:
                    - find: {path: %s}
                      rewrite: [{regexp: {source: '.*/', target: ''}}]
                """
                        .formatted(tenant.key("")));
        tenant.awaitData("found", Map.of("one", "1", "two", "2"));
        tenant.awaitReady("found", "SecretSynced");

        tenant.create("three", "3");
        cluster.aws
                .client()
                .deleteSecret(r -> r.secretId(tenant.key("two")).forceDeleteWithoutRecovery(true));

        tenant.awaitData("found", Map.of("one", "1", "three", "3"));
    }

    private void inStep() {
        tenant.create("db", "first");
        tenant.apply(tenant.externalSecret("db", ""));
        tenant.awaitData("db", Map.of("password", "first"));
        tenant.awaitReady("db", "SecretSynced");
    }

    @Test
    void theSecret_isOwnedByItsExternalSecret() {
        inStep();

        assertThat(tenant.secret("db").getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(
                        owner ->
                                assertThat(owner.getUid())
                                        .isEqualTo(
                                                tenant.externalSecret("db").getMetadata().getUid()))
                .satisfies(owner -> assertThat(owner.getController()).isTrue());
    }

    @Test
    void theStatus_tellsTheSource() {
        inStep();

        awaiting("a look at the source")
                .untilAsserted(
                        () ->
                                assertThat(tenant.externalSecret("db").status().sources())
                                        .singleElement()
                                        .satisfies(
                                                source -> {
                                                    assertThat(source.store())
                                                            .isEqualTo("SecretStore/aws");
                                                    assertThat(source.key())
                                                            .isEqualTo(tenant.key("db"));
                                                    assertThat(source.changedAt()).isNotNull();
                                                }));
    }

    @Test
    void theCreation_isAnEvent_namingKeysAndNoValue() {
        inStep();

        awaiting("event Created").until(() -> events("Created").isEmpty(), empty -> !empty);
        assertThat(events("Created"))
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.getInvolvedObject().getName()).isEqualTo("db");
                            assertThat(event.getMessage())
                                    .isEqualTo("Secret db created with the keys password");
                        });
    }

    private List<Event> events(String reason) {
        return cluster
                .admin
                .v1()
                .events()
                .inNamespace(tenant.namespace())
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getReason().equals(reason))
                .toList();
    }

    @Test
    void kubectl_printsWhatAnAdminLooksFor() {
        inStep();
        var kubectl = new Kubectl(cluster.server);

        var table = kubectl.run("get", "es,secretstores", "-n", tenant.namespace());

        assertThat(table.text()).containsPattern("externalsecret\\S+/db .*SecretStore +aws +1h");
        assertThat(table.text()).containsPattern("/db .*SecretSynced +True");
        assertThat(table.text()).containsPattern("secretstore\\S+/aws .*Valid");
        assertThat(table.code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health/started", "/q/health/live", "/q/health/ready"})
    void aRunningOperator_isHealthy(String probe) {
        var answer = cluster.operator().get(probe);

        assertThat(answer.code()).isEqualTo(200);
        assertThat(answer.body()).contains("\"status\": \"UP\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "externalsecret_status_condition\\{name=\"db\",namespace=\"%s\",condition=\"Ready\",status=\"True\",?} 1.0",
                "secretstore_status_condition\\{name=\"aws\",namespace=\"%s\",condition=\"Ready\",status=\"True\",?} 1.0",
                "lockstep_aws_calls_seconds_count\\{operation=\"\\w+\",outcome=\"Success\",service=\"\\w+\",?} ",
                "lockstep_syncs_total\\{cause=\"\\w+\",?} ",
                "reconciliations_success_total\\{controller_name=\"externalsecret\",?",
                "jvm_memory_used_bytes\\{"
            })
    void metrics_tellWhatAlertsAsk(String pattern) {
        inStep();

        awaiting("the metric")
                .untilAsserted(
                        () ->
                                assertThat(cluster.operator().get("/q/metrics").body())
                                        .containsPattern(pattern.formatted(tenant.namespace())));
    }

    @Test
    void aStoreOfAnotherProvider_isNotServed_andDisturbsNobody() {
        tenant.create("db", "first");
        tenant.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: vault}
                spec:
                  provider:
                    vault: {server: "https://vault.example.com", path: secret, version: v2}
                """);
        tenant.apply(tenant.externalSecret("other", "").replace("{name: aws,", "{name: vault,"));
        tenant.apply(tenant.externalSecret("db", ""));

        assertThat(tenant.awaitStore("vault", "NotSupported").message()).contains("vault");
        assertThat(tenant.awaitReady("other", "StoreNotReady").message()).contains("vault");
        tenant.awaitReady("db", "SecretSynced");
        assertThat(tenant.data("other")).isEmpty();
    }

    @Test
    void v1beta1_isNotServed() {
        assertThat(cluster.admin.getApiResources("external-secrets.io/v1")).isNotNull();
        assertThat(cluster.admin.getApiResources("external-secrets.io/v1beta1")).isNull();
    }
}
