package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who else may have a say in the Secret: semantics 17 and 18, where server-side apply is real. */
@RealApiServer
class CreationPolicyIT {
    private static final Map<String, String> FOREIGN = Map.of("theirs", "kept");
    private static final Map<String, String> MERGED = Map.of("theirs", "kept", "password", "first");

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
        tenant.create("db", "first");
    }

    @AfterEach
    void nothingForbidden() {
        tenant.close();
        cluster.requireNothingForbidden();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Merge", "CreateOrMerge"})
    void merging_followsOurKey_andLeavesForeignOnes(String policy) {
        foreignSecret();
        tenant.apply(merging("db", policy));
        tenant.awaitData("shared", MERGED);

        tenant.rotate("db", "second");

        tenant.awaitData("shared", Map.of("theirs", "kept", "password", "second"));
        assertThat(tenant.secret("shared").getMetadata().getOwnerReferences()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Merge", "CreateOrMerge"})
    void merging_repairsOurKey(String policy) {
        foreignSecret();
        tenant.apply(merging("db", policy));
        tenant.awaitData("shared", MERGED);

        Tenant.merge(tenant.secrets("shared"), "{\"data\": {\"password\": \"aGFja2Vk\"}}");

        tenant.awaitData("shared", MERGED);
    }

    @Test
    void aKeyDroppedFromTheSpec_goes() {
        foreignSecret();
        tenant.apply(merging("db", "Merge"));
        tenant.awaitData("shared", MERGED);

        tenant.apply(merging("db", "Merge").replace("secretKey: password", "secretKey: pw"));

        tenant.awaitData("shared", Map.of("theirs", "kept", "pw", "first"));
    }

    @Test
    void twoThatMergeOneKey_areInConflict_whichNamesKeyAndRival() {
        foreignSecret();
        tenant.apply(merging("db", "Merge"));
        tenant.awaitData("shared", MERGED);
        tenant.create("other", "another value");

        tenant.apply(merging("late", "Merge").replace(tenant.key("db"), tenant.key("other")));

        assertThat(tenant.awaitReady("late", "TargetConflict").message())
                .contains("password", "ExternalSecret db")
                .doesNotContain("another value");
        assertThat(tenant.data("shared")).contains(MERGED);
    }

    @Test
    void anAbsentTargetOfMerge_isMerged_onceItIsThere() {
        tenant.apply(merging("db", "Merge"));
        tenant.awaitReady("db", "SecretMissing");
        assertThat(tenant.data("shared")).isEmpty();

        foreignSecret();
        tenant.forceSync("db");

        tenant.awaitData("shared", MERGED);
        tenant.awaitReady("db", "SecretSynced");
    }

    @Test
    void createOrMerge_makesAnAbsentSecret() {
        tenant.apply(merging("db", "CreateOrMerge"));

        tenant.awaitData("shared", Map.of("password", "first"));
        assertThat(tenant.secret("shared").getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void orphan_makesASecretWithoutOwner() {
        tenant.apply(merging("db", "Orphan"));

        tenant.awaitData("shared", Map.of("password", "first"));
        assertThat(tenant.secret("shared").getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void none_leavesTheSecretAlone() {
        foreignSecret();
        var before = tenant.secret("shared").getMetadata().getResourceVersion();

        tenant.apply(merging("db", "None"));

        tenant.awaitReady("db", "SecretSynced");
        assertThat(tenant.secret("shared").getMetadata().getResourceVersion()).isEqualTo(before);
    }

    private String merging(String name, String policy) {
        return tenant.externalSecret(
                name, "target: {name: shared, creationPolicy: %s}".formatted(policy));
    }

    private void foreignSecret() {
        tenant.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: shared}
                data: {theirs: %s}
                """
                        .formatted(Tenant.encode(FOREIGN.get("theirs"))));
    }
}
