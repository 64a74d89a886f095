package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static dev.lockstep.sync.SecretAnnotations.CREATED_BY_LABEL;
import static dev.lockstep.sync.SecretAnnotations.ESO_DATA_HASH;
import static dev.lockstep.sync.SecretAnnotations.MANAGED;
import static dev.lockstep.sync.SecretAnnotations.MANAGED_LABEL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.FieldManager;
import dev.lockstep.sync.ObjectHash;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cluster as External Secrets Operator left it: semantics 20. */
@RealApiServer
class TakeOverIT {
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
        tenant = cluster.tenant();
        tenant.create("db", "first");
    }

    @AfterEach
    void nothingForbidden() {
        tenant.close();
        cluster.requireNothingForbidden();
    }

    @Test
    void itsSecret_isAdopted_byOneWriteOfMetadata() {
        var left = leftByEso("");
        try (var changes = SecretChanges.of(tenant, "db")) {
            tenant.withStore();
            tenant.awaitReady("db", "SecretSynced");

            assertThat(changes.untilNow())
                    .singleElement()
                    .satisfies(
                            adopted -> {
                                assertThat(adopted.getMetadata().getAnnotations())
                                        .containsKey("lockstep.dev/versions");
                                assertThat(adopted.getData()).isEqualTo(left.getData());
                                assertThat(adopted.getType()).isEqualTo(left.getType());
                            });
        }
    }

    @Test
    void itsSecret_isFollowedFromThenOn() {
        leftByEso("");
        tenant.withStore();
        tenant.awaitReady("db", "SecretSynced");

        tenant.rotate("db", "second");

        tenant.awaitData("db", Map.of("password", "second"));
    }

    @Test
    void itsFinalizer_goes() {
        leftByEso("");

        tenant.withStore();

        awaiting("ESO's finalizer to go")
                .until(() -> !EsoFinalizer.isOn(tenant.externalSecret("db")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"refreshPolicy: CreatedOnce", "refreshInterval: \"0\""})
    void whatIsWrittenOnce_isAdopted_withoutReadingAnyValue(String once) {
        leftByEso(once);

        tenant.withStore();

        tenant.awaitReady("db", "SecretSynced");
        awaiting("the marks of an adoption")
                .until(
                        () ->
                                tenant.secret("db")
                                        .getMetadata()
                                        .getAnnotations()
                                        .containsKey("lockstep.dev/inputs"));
        assertThat(tenant.reads("db")).isZero();
    }

    @Test
    void anExternalSecretWithItsFinalizer_canBeDeleted() {
        leftByEso("");
        tenant.withStore();
        tenant.awaitReady("db", "SecretSynced");
        Tenant.merge(
                tenant.externalSecrets("db"),
                "{\"metadata\": {\"finalizers\": [\"%s\"]}}".formatted(EsoFinalizer.NAME));

        tenant.externalSecrets("db").delete();

        awaiting("the ExternalSecret to go")
                .until(() -> tenant.externalSecrets("db").get() == null);
    }

    /** An ExternalSecret and its Secret, while nobody serves them: the store is not there yet. */
    private Secret leftByEso(String spec) {
        var yaml =
                tenant.externalSecret("db", spec)
                        .replace(
                                "{name: db}",
                                "{name: db, finalizers: [%s]}".formatted(EsoFinalizer.NAME));
        tenant.apply(
                spec.contains("refreshInterval")
                        ? yaml.replace("refreshInterval: 1h\n", "\n")
                        : yaml);
        var secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(tenant.namespace())
                        .withName("db")
                        .addToLabels(MANAGED_LABEL, MANAGED)
                        .addToLabels(
                                CREATED_BY_LABEL,
                                ObjectHash.ofExternalSecret(tenant.namespace(), "db"))
                        .addToAnnotations(
                                ESO_DATA_HASH,
                                ObjectHash.ofData(Map.of("password", SecretBytes.ofUtf8("first"))))
                        .addNewOwnerReference()
                        .withApiVersion("external-secrets.io/v1")
                        .withKind("ExternalSecret")
                        .withName("db")
                        .withUid(tenant.externalSecret("db").getMetadata().getUid())
                        .withController(true)
                        .withBlockOwnerDeletion(true)
                        .endOwnerReference()
                        .endMetadata()
                        .withType("Opaque")
                        .addToData("password", Tenant.encode("first"))
                        .build();
        var path = "/api/v1/namespaces/%s/secrets?fieldManager=%s";
        cluster.admin.raw(
                path.formatted(tenant.namespace(), FieldManager.of("db")), "POST", secret);
        return tenant.secret("db");
    }
}
