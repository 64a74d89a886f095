package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RunningOperator;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several writers of one Secret: semantics 18 and 19, where field ownership is real. */
@RealApiServer
class MergeTest {
    private static final String MERGE = "target: {name: shared, creationPolicy: Merge}";
    private static final String ENTRY =
            "data: [{secretKey: %s, remoteRef: {key: prod/database, property: %s}}]\n";

    private final KubernetesClient admin;
    private final String namespace;
    private final EmbeddedAws aws = EmbeddedAws.start();
    private final RunningOperator operator;

    MergeTest(KubernetesClient admin, KubeApiServer server) {
        this.admin = admin;
        var fresh = new NamespaceBuilder().withNewMetadata().withGenerateName("merge-");
        namespace = admin.resource(fresh.endMetadata().build()).create().getMetadata().getName();
        operator =
                RunningOperator.start(
                        admin,
                        server.adminConfig(),
                        aws.endpoint(),
                        Map.of("min-refresh-interval", "100ms"));
        apply(Sandbox.CREDENTIALS);
        apply(Sandbox.store(""));
        aws.client()
                .createSecret(
                        r ->
                                r.name(Sandbox.KEY)
                                        .secretString(
                                                "{\"password\": \"first\", \"user\": \"app\"}"));
    }

    @BeforeAll
    static void installCrds(KubernetesClient admin) {
        CrdInstallation.install(admin);
    }

    @AfterEach
    void stop() {
        operator.close();
        aws.close();
        admin.genericKubernetesResources("external-secrets.io/v1", "ExternalSecret")
                .inNamespace(namespace)
                .delete();
        admin.namespaces().withName(namespace).delete();
    }

    @Test
    void anAbsentTarget_isMissed_andNeverMade() {
        externalSecret("one", ENTRY.formatted("password", "password") + MERGE);
        operator.awaitExternalSecret(namespace, "one", "Ready", "SecretMissing");
        assertThat(secret()).isNull();
        assertThat(reads()).isZero();
    }

    @Test
    void foreignKeysStay_oursAreFollowed_andTheHashIsPerExternalSecret() {
        twoInStep();
        var hashes =
                secret().getMetadata().getAnnotations().keySet().stream()
                        .filter(name -> name.endsWith(".lockstep.dev/data-hash"));
        assertThat(hashes).hasSize(2);
        assertThat(secret().getMetadata().getAnnotations())
                .doesNotContainKey("reconcile.external-secrets.io/data-hash");
        aws.client()
                .putSecretValue(
                        r ->
                                r.secretId(Sandbox.KEY)
                                        .secretString(
                                                "{\"password\": \"second\", \"user\": \"app\"}"));
        awaitData(Map.of("foreign", "theirs", "password", "second", "user", "app"));
    }

    @Test
    void anotherWritersKey_causesNoRead_andOursIsRepaired() {
        twoInStep();
        var reads = reads();
        edit("foreign", "bW92ZWQ=");
        label();
        await().until(() -> "yes".equals(label("checked")));
        awaitData(Map.of("foreign", "moved", "password", "first", "user", "app"));
        assertThat(reads()).isEqualTo(reads);
        edit("password", "aGFja2Vk");
        awaitData(Map.of("foreign", "moved", "password", "first", "user", "app"));
    }

    @Test
    void aKeyDroppedFromTheSpec_goes() {
        twoInStep();
        externalSecret("two", ENTRY.formatted("name", "user") + MERGE);
        awaitData(Map.of("foreign", "theirs", "password", "first", "name", "app"));
    }

    @Test
    void aKeyOfAnotherExternalSecret_isAConflict_untilItLetsGo() {
        twoInStep();
        externalSecret("two", ENTRY.formatted("password", "user") + MERGE);
        assertThat(
                        operator.awaitExternalSecret(namespace, "two", "Ready", "TargetConflict")
                                .message())
                .contains("key password", "ExternalSecret one");
        externalSecret("one", ENTRY.formatted("other", "password") + MERGE);
        operator.awaitExternalSecret(namespace, "two", "Ready", "SecretSynced");
        awaitData(Map.of("foreign", "theirs", "other", "first", "password", "app"));
    }

    @Test
    void aFight_namesTheOtherManager() {
        twoInStep();
        var data = Map.of("foreign", "theirs", "password", "first", "user", "app");
        for (var repair = 0; repair < 5; repair++) {
            edit("password", "aGFja2Vk");
            awaitData(data);
        }
        // managedFields tell whole seconds, so who made the Secret must have done so in another
        // one.
        var made =
                Instant.parse(
                        admin.secrets()
                                .inNamespace(namespace)
                                .withName("shared")
                                .get()
                                .getMetadata()
                                .getCreationTimestamp());
        await().until(() -> Instant.now().isAfter(made.plusSeconds(1)));
        edit("password", "aGFja2Vk");
        assertThat(
                        operator.awaitExternalSecret(namespace, "one", "Ready", "TargetConflict")
                                .message())
                .contains("by field manager intruder");
        await().until(
                        () ->
                                admin
                                        .v1()
                                        .events()
                                        .inNamespace(namespace)
                                        .list()
                                        .getItems()
                                        .stream()
                                        .anyMatch(e -> e.getMessage().contains("intruder")));
    }

    private void twoInStep() {
        var secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("shared")
                        .endMetadata()
                        .addToData("foreign", "dGhlaXJz")
                        .build();
        admin.resource(secret).create();
        externalSecret("one", ENTRY.formatted("password", "password") + MERGE);
        externalSecret("two", ENTRY.formatted("user", "user") + MERGE);
        awaitData(Map.of("foreign", "theirs", "password", "first", "user", "app"));
        operator.awaitExternalSecret(namespace, "one", "Ready", "SecretSynced");
        operator.awaitExternalSecret(namespace, "two", "Ready", "SecretSynced");
    }

    private void externalSecret(String name, String spec) {
        apply(
                Sandbox.externalSecret(spec)
                        .replace("metadata: {name: database,", "metadata: {name: " + name + ","));
    }

    private void apply(String yaml) {
        operator.apply(yaml.replace("namespace: default", "namespace: " + namespace));
    }

    private void edit(String key, String base64) {
        patch("{\"data\": {\"%s\": \"%s\"}}".formatted(key, base64));
    }

    private void label() {
        patch("{\"metadata\": {\"labels\": {\"checked\": \"yes\"}}}");
    }

    private void patch(String patch) {
        var context =
                new PatchContext.Builder()
                        .withPatchType(PatchType.JSON_MERGE)
                        .withFieldManager("intruder")
                        .build();
        admin.secrets().inNamespace(namespace).withName("shared").patch(context, patch);
    }

    private String label(String name) {
        return secret().getMetadata().getLabels().get(name);
    }

    private void awaitData(Map<String, String> data) {
        operator.awaitData(namespace, "shared", data);
    }

    private Secret secret() {
        return admin.secrets().inNamespace(namespace).withName("shared").get();
    }

    private int reads() {
        return aws.calls("GetSecretValue") + aws.calls("BatchGetSecretValue");
    }
}
