package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.NAME;
import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.ExternalSecret;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which Secret is written, and whose it is. */
class TargetTest {
    private static final String RENAMED = Sandbox.PASSWORD + "\ntarget: {name: renamed}";

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aRenamedTarget_isMade_andTheFormerSecretGoes() {
        sandbox.inStep();
        sandbox.apply(externalSecret(RENAMED));
        sandbox.operator().awaitData(NAMESPACE, "renamed", Sandbox.DATA);
        await().until(() -> sandbox.secret() == null);
    }

    @Test
    void aRenamedTargetThatIsAnothers_keepsTheFormerSecret_untilTheOtherIsGone() {
        sandbox.inStep();
        another("rival", "renamed");
        sandbox.apply(externalSecret(RENAMED));
        assertThat(sandbox.awaitReady("TargetConflict").message())
                .contains("is owned by ExternalSecret rival");
        label();
        another("later", "later");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);

        externalSecrets("rival").delete();

        sandbox.awaitReady("SecretSynced");
        sandbox.operator().awaitData(NAMESPACE, "renamed", Sandbox.DATA);
        await().until(() -> sandbox.secret() == null);
    }

    /** Another ExternalSecret with a Secret in step. */
    private void another(String name, String target) {
        sandbox.apply(
                externalSecret(Sandbox.PASSWORD + "\ntarget: {name: " + target + "}")
                        .replace("metadata: {name: database,", "metadata: {name: " + name + ","));
        sandbox.operator().awaitExternalSecret(NAMESPACE, name, "Ready", "SecretSynced");
        sandbox.operator().awaitData(NAMESPACE, target, Sandbox.DATA);
    }

    private void label() {
        externalSecrets(NAME)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"team\": \"a\"}}}");
    }

    private Resource<ExternalSecret> externalSecrets(String name) {
        return sandbox.client()
                .resources(ExternalSecret.class)
                .inNamespace(NAMESPACE)
                .withName(name);
    }

    @Test
    void none_readsAndWritesNothing() {
        sandbox.create(Sandbox.KEY, "{\"password\": \"first\"}");
        sandbox.apply(externalSecret(Sandbox.PASSWORD + "\ntarget: {creationPolicy: None}"));
        sandbox.awaitReady("SecretSynced");
        assertThat(sandbox.secret()).isNull();
        var reads = sandbox.aws.calls("GetSecretValue");
        sandbox.rotate("no JSON");
        sandbox.awaitReady("NotJson");
        assertThat(sandbox.aws.calls("GetSecretValue")).isGreaterThan(reads);
    }

    @Test
    void orphan_isWrittenWithoutAnOwner_andFollowsTheVersion() {
        sandbox.inStep(Sandbox.PASSWORD + "\ntarget: {creationPolicy: Orphan}");
        assertThat(sandbox.secret().getMetadata().getOwnerReferences()).isEmpty();
        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.awaitData(Map.of("password", "second"));
    }

    @Test
    void anImmutableSecret_isTargetImmutable_whenItsVersionMoves_andIsMadeAnewOnceDeleted() {
        sandbox.inStep(Sandbox.PASSWORD + "\ntarget: {immutable: true}");
        assertThat(sandbox.secret().getImmutable()).isTrue();
        sandbox.rotate("{\"password\": \"second\"}");
        assertThat(sandbox.awaitReady("TargetImmutable").message()).contains("password");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
        sandbox.client().secrets().inNamespace(NAMESPACE).withName(NAME).delete();
        sandbox.awaitData(Map.of("password", "second"));
    }

    @Test
    void aFight_isBackedOff_andTheRepairsAreCounted() {
        sandbox.inStep();
        for (var repair = 0; repair < 5; repair++) {
            tamper();
            sandbox.awaitData(Sandbox.DATA);
        }
        tamper();
        assertThat(sandbox.awaitReady("TargetConflict").message())
                .contains("again and again", "once a minute");
        assertThat(sandbox.data()).isNotEqualTo(Sandbox.DATA);
    }

    private void tamper() {
        sandbox.client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"data\": {\"password\": \"aGFja2Vk\"}}");
    }

    @Test
    void dataAndItsHash_bothTakenAway_areRepaired() {
        sandbox.inStep();
        sandbox.client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        """
                        {"data": {"password": "aGFja2Vk"},
                         "metadata": {"annotations": {"reconcile.external-secrets.io/data-hash": null}}}
                        """);
        sandbox.awaitData(Sandbox.DATA);
    }

    @Test
    void manyKeysInAMessage_areCut_soThatTheStatusIsTaken() {
        var keys = new StringBuilder("{");
        for (var i = 0; i < 200; i++) {
            keys.append("\"%s%d\": 1,".formatted("k".repeat(200), i));
        }
        sandbox.create(Sandbox.KEY, keys + "\"last\": 1}");
        sandbox.apply(
                externalSecret(
                        "dataFrom: [{extract: {key: prod/database}}]\ntarget: {immutable: true}"));
        sandbox.awaitReady("SecretSynced");
        sandbox.rotate(keys.toString().replace(": 1", ": 2") + "\"last\": 2}");
        assertThat(sandbox.awaitReady("TargetImmutable").message()).hasSizeLessThanOrEqualTo(1024);
        assertThat(sandbox.data()).containsEntry("last", "1");
    }
}
