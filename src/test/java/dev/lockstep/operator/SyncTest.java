package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.NAME;
import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The main job, end to end: created, followed, repaired, and left alone. */
class SyncTest {
    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aNewExternalSecret_getsItsSecret_ownedAndMarked() {
        sandbox.inStep();
        var metadata = sandbox.secret().getMetadata();
        assertThat(metadata.getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getName()).isEqualTo(NAME))
                .satisfies(owner -> assertThat(owner.getController()).isTrue());
        assertThat(metadata.getLabels())
                .containsEntry("reconcile.external-secrets.io/managed", "true");
        assertThat(metadata.getAnnotations())
                .containsKeys(
                        "lockstep.dev/versions",
                        "lockstep.dev/inputs",
                        "lockstep.dev/revision",
                        "lockstep.dev/changed-at",
                        "reconcile.external-secrets.io/data-hash");
    }

    @Test
    void theStatus_tellsWhichVersionTheSecretCarries() {
        sandbox.inStep();
        var version =
                sandbox.aws.client().describeSecret(r -> r.secretId(KEY)).versionIdsToStages();
        var source =
                sandbox.awaitStatus("a look at the source", s -> changedAt(s) != null)
                        .sources()
                        .get(0);
        assertThat(source.store()).isEqualTo("SecretStore/aws");
        assertThat(source.key()).isEqualTo(KEY);
        assertThat(source.versionId()).isEqualTo(version.keySet().iterator().next());
        assertThat(sandbox.status().binding().name()).isEqualTo(NAME);
        assertThat(sandbox.status().refreshTime()).isNotNull();
    }

    private static String changedAt(dev.lockstep.api.ExternalSecretStatus status) {
        return status.sources().isEmpty() ? null : status.sources().get(0).changedAt();
    }

    @Test
    void theStatusOfANewExternalSecret_isWrittenOnce() {
        sandbox.awaitStore("Valid");
        sandbox.inStep();
        var looks = looks();
        await().until(() -> looks() > looks + 2);
        assertThat(sandbox.kubernetes.requests().of("patch", "externalsecrets/status"))
                .isEqualTo(1);
    }

    @Test
    void aRotation_reachesTheSecret() {
        sandbox.inStep();
        var before = annotation("lockstep.dev/revision");
        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.awaitData(Map.of("password", "second"));
        assertThat(annotation("lockstep.dev/revision")).isNotEqualTo(before);
    }

    @Test
    void aMovedVersionWithEqualData_isNoChangeOfTheRevision() {
        sandbox.inStep();
        var revision = annotation("lockstep.dev/revision");
        var versions = annotation("lockstep.dev/versions");
        sandbox.rotate("{\"password\": \"first\", \"more\": 1}");
        await().until(() -> !annotation("lockstep.dev/versions").equals(versions));
        assertThat(annotation("lockstep.dev/revision")).isEqualTo(revision);
    }

    private String annotation(String name) {
        return sandbox.secret().getMetadata().getAnnotations().get(name);
    }

    @Test
    void anEditByHand_isRepaired() {
        sandbox.inStep();
        edit("{\"data\": {\"password\": \"aGFja2Vk\", \"extra\": \"eA==\"}}");
        sandbox.awaitData(Sandbox.DATA);
    }

    @Test
    void aDeletedSecret_isMadeAgain() {
        sandbox.inStep();
        sandbox.client().secrets().inNamespace(NAMESPACE).withName(NAME).delete();
        sandbox.awaitData(Sandbox.DATA);
    }

    @Test
    void aSecretThatCouldNotBeReplaced_isMadeAgainOnceItIsDeleted() {
        sandbox.inStep();
        edit("{\"immutable\": true}");
        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.awaitReady("TargetImmutable");
        sandbox.client().secrets().inNamespace(NAMESPACE).withName(NAME).delete();
        sandbox.awaitData(Map.of("password", "second"));
    }

    @Test
    void aLabelThatIsTakenAway_isPutBackWithoutARead() {
        sandbox.create(KEY, "{\"password\": \"first\"}");
        sandbox.apply(
                externalSecret(Sandbox.PASSWORD)
                        .replace("namespace: default}", "namespace: default, labels: {team: a}}"));
        sandbox.awaitData(Sandbox.DATA);
        sandbox.awaitReady("SecretSynced");
        var reads = sandbox.aws.calls("GetSecretValue");
        edit("{\"metadata\": {\"labels\": {\"team\": \"b\"}}}");
        await().until(() -> sandbox.secret().getMetadata().getLabels().get("team"), "a"::equals);
        assertThat(sandbox.aws.calls("GetSecretValue")).isEqualTo(reads);
    }

    private void edit(String patch) {
        sandbox.client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    @Test
    void aSpecEdit_isSynced() {
        sandbox.inStep();
        sandbox.apply(
                externalSecret(
                        "data: [{secretKey: pw, remoteRef: {key: prod/database, property: password}}]"));
        sandbox.awaitData(Map.of("pw", "first"));
    }

    @Test
    void forceSync_readsAgain() {
        sandbox.inStep();
        var reads = sandbox.aws.calls("GetSecretValue");
        await().until(
                        () -> {
                            sandbox.forceSync(UUID.randomUUID().toString());
                            return sandbox.aws.calls("GetSecretValue") > reads;
                        });
    }

    @Test
    void nothingChanging_readsNoValueAndWritesNothing() {
        sandbox.inStep();
        sandbox.awaitStatus("a look at the source", s -> changedAt(s) != null);
        var reads = sandbox.aws.calls("GetSecretValue");
        var looks = looks();
        var writes = sandbox.kubernetes.requests().writes().counts();
        await().until(() -> looks() > looks + 3);
        assertThat(sandbox.aws.calls("GetSecretValue")).isEqualTo(reads);
        assertThat(sandbox.kubernetes.requests().writes().counts()).isEqualTo(writes);
    }

    private int looks() {
        return sandbox.aws.calls("ListSecrets") + sandbox.aws.calls("DescribeSecret");
    }

    @Test
    void extract_takesEveryProperty() {
        sandbox.create(KEY, "{\"user\": \"app\", \"port\": 5432}");
        sandbox.apply(externalSecret("dataFrom: [{extract: {key: prod/database}}]"));
        sandbox.awaitData(Map.of("user", "app", "port", "5432"));
    }

    @Test
    void labelsAndVersionIds_areReadAsAsked() {
        sandbox.create(KEY, "{\"password\": \"old\"}");
        var old = sandbox.aws.client().getSecretValue(r -> r.secretId(KEY)).versionId();
        sandbox.rotate("{\"password\": \"new\"}");
        sandbox.apply(
                externalSecret(
                        """
                        data:
                          - {secretKey: now, remoteRef: {key: prod/database, property: password}}
                          - {secretKey: before, remoteRef: {key: prod/database, property: password, version: AWSPREVIOUS}}
                          - {secretKey: pinned, remoteRef: {key: prod/database, property: password, version: uuid/%s}}
                        """
                                .formatted(old)));
        sandbox.awaitData(Map.of("now", "new", "before", "old", "pinned", "old"));
    }
}
