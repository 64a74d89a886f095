package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.DATA;
import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.NAME;
import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.ObjectHash;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets and ExternalSecrets that External Secrets Operator left: semantics 20. */
class TakeOverTest {
    private static final String DATA_HASH = "reconcile.external-secrets.io/data-hash";
    private static final String INPUTS = "lockstep.dev/inputs";

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aSecretInStep_isReadOnce_andOnlyItsMetadataChanges() {
        sandbox.create(KEY, "{\"password\": \"first\"}");
        var before = writtenByEso(DATA);
        sandbox.apply(externalSecret(Sandbox.PASSWORD));
        awaitMarks();
        sandbox.awaitReady("SecretSynced");
        var after = sandbox.secret();
        assertThat(after.getData()).isEqualTo(before.getData());
        assertThat(after.getMetadata().getUid()).isEqualTo(before.getMetadata().getUid());
        assertThat(after.getMetadata().getAnnotations())
                .doesNotContainKey("lockstep.dev/changed-at");
        assertThat(sandbox.aws.calls("GetSecretValue")).isEqualTo(1);
        assertThat(sandbox.kubernetes.requests().of("update", "secrets")).isEqualTo(1);
    }

    @Test
    void aSecretOfAllThatIsFound_isReadOnce_andOnlyItsMetadataChanges() {
        sandbox.create("app/one", "1");
        sandbox.create("app/two", "2");
        var before = writtenByEso(Map.of("app_one", "1", "app_two", "2"));
        sandbox.apply(externalSecret("dataFrom: [{find: {name: {regexp: '^app/'}}}]"));
        awaitMarks();
        sandbox.awaitReady("SecretSynced");
        var after = sandbox.secret();
        assertThat(after.getData()).isEqualTo(before.getData());
        assertThat(after.getMetadata().getAnnotations())
                .doesNotContainKey("lockstep.dev/changed-at");
        assertThat(sandbox.aws.calls("BatchGetSecretValue")).isEqualTo(1);
        assertThat(sandbox.kubernetes.requests().of("update", "secrets")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"refreshPolicy: CreatedOnce", "refreshInterval: 0s"})
    void aSecretToBeWrittenOnce_isAdoptedUnread_whateverAwsHasNow(String once) {
        sandbox.create(KEY, "{\"password\": \"second\"}");
        writtenByEso(DATA);
        sandbox.apply(externalSecret(Sandbox.PASSWORD + "\n" + once));
        awaitMarks();
        sandbox.awaitReady("SecretSynced");
        assertThat(sandbox.data()).isEqualTo(DATA);
        assertThat(sandbox.aws.calls("GetSecretValue")).isZero();
        assertThat(sandbox.aws.calls("BatchGetSecretValue")).isZero();
    }

    @Test
    void aGeneratedSecret_isAdopted_andNothingIsMadeAnew() {
        var before = writtenByEso(DATA);
        sandbox.apply(GeneratorsTest.generator("Password", "pw", "{}"));
        sandbox.apply(externalSecret(GeneratorsTest.from("Password", "pw")));
        awaitMarks();
        sandbox.awaitReady("SecretSynced");
        var after = sandbox.secret();
        assertThat(after.getData()).isEqualTo(before.getData());
        assertThat(after.getMetadata().getAnnotations())
                .containsKey("lockstep.dev/generated-at")
                .doesNotContainKey("lockstep.dev/changed-at");
        assertThat(sandbox.kubernetes.requests().of("update", "secrets")).isEqualTo(1);
    }

    @Test
    void aSecretThatWasEditedUnderEso_isSynced() {
        sandbox.create(KEY, "{\"password\": \"first\"}");
        var hash = hash(DATA);
        create(Map.of("password", "edited"), hash);
        sandbox.apply(externalSecret(Sandbox.PASSWORD));
        sandbox.awaitData(DATA);
    }

    private Secret writtenByEso(Map<String, String> data) {
        return create(data, hash(data));
    }

    private static String hash(Map<String, String> data) {
        var bytes = new TreeMap<String, SecretBytes>();
        data.forEach((key, value) -> bytes.put(key, SecretBytes.of(value.getBytes())));
        return ObjectHash.ofData(bytes);
    }

    private Secret create(Map<String, String> data, String hash) {
        var encoded = new TreeMap<String, String>();
        data.forEach(
                (key, value) ->
                        encoded.put(key, Base64.getEncoder().encodeToString(value.getBytes())));
        var secret =
                new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(NAMESPACE)
                        .withName(NAME)
                        .addToLabels("reconcile.external-secrets.io/managed", "true")
                        .addToAnnotations(DATA_HASH, hash)
                        .endMetadata()
                        .withType("Opaque")
                        .withData(encoded)
                        .build();
        return sandbox.client().resource(secret).create();
    }

    private void awaitMarks() {
        await().until(() -> sandbox.secret().getMetadata().getAnnotations().containsKey(INPUTS));
    }

    @Test
    void esosFinalizer_goesOnce_andWhenItComesBackAnEventSaysSo() {
        sandbox.inStep();
        addFinalizer();
        await().until(() -> !EsoFinalizer.isOn(sandbox.externalSecret()));
        addFinalizer();
        await().until(() -> hasEvent("AnotherOperator"));
        assertThat(EsoFinalizer.isOn(sandbox.externalSecret())).isTrue();
    }

    @Test
    void anExternalSecretWithEsosFinalizer_canBeDeleted() {
        sandbox.inStep();
        addFinalizer();
        await().until(() -> !EsoFinalizer.isOn(sandbox.externalSecret()));
        addFinalizer();
        await().until(() -> hasEvent("AnotherOperator"));
        sandbox.client().resource(sandbox.externalSecret()).delete();
        await().until(() -> sandbox.externalSecret() == null);
    }

    private void addFinalizer() {
        sandbox.client()
                .resources(ExternalSecret.class)
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"finalizers\": [\"%s\"]}}".formatted(EsoFinalizer.NAME));
    }

    private boolean hasEvent(String reason) {
        return sandbox.client().v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .anyMatch(event -> reason.equals(event.getReason()));
    }
}
