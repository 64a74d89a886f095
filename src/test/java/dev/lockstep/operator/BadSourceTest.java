package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.NAME;
import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.Condition;
import dev.lockstep.sandbox.aws.Fault;
import dev.lockstep.sandbox.aws.MarkedForDeletion;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What goes wrong in AWS while a Secret is in step: the condition says it, and the Secret is left
 * as it is.
 */
class BadSourceTest {
    private final Sandbox sandbox = Sandbox.start();
    private String revision;

    @BeforeEach
    void begin() {
        sandbox.inStep();
        revision = revision();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private void assertSecretUntouched() {
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
        assertThat(revision()).isEqualTo(revision);
    }

    /** Moves with every change of data, and says so even if the data was put back. */
    private String revision() {
        return sandbox.secret().getMetadata().getAnnotations().get("lockstep.dev/revision");
    }

    @Test
    void getDenied_namesActionAndKey() {
        sandbox.aws.iam().deny("GetSecretValue");
        sandbox.aws.iam().deny("BatchGetSecretValue");
        assertThat(sandbox.forceSyncUntilReady("AccessDenied").message())
                .contains("secretsmanager:GetSecretValue", KEY, "allow that action");
        assertSecretUntouched();
    }

    @Test
    void kmsDenied_namesTheKeyPolicy() {
        sandbox.aws.iam().denyKms(KEY);
        assertThat(sandbox.forceSyncUntilReady("KmsAccessDenied").message())
                .contains(KEY, "kms:Decrypt", "key's policy");
        assertSecretUntouched();
    }

    @Test
    void listDenied_isWatchedByDescribe() {
        sandbox.aws.iam().deny("ListSecrets");
        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.awaitData(Map.of("password", "second"));
        assertThat(sandbox.awaitReady("SecretSynced").holds()).isTrue();
    }

    @Test
    void describeAndListDenied_isReadAtTheRefreshInterval() {
        sandbox.aws.iam().deny("ListSecrets");
        sandbox.aws.iam().deny("DescribeSecret");
        sandbox.apply(externalSecret(Sandbox.PASSWORD + "\nrefreshInterval: 1s"));
        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.awaitData(Map.of("password", "second"));
        sandbox.rotate("{\"password\": \"third\"}");
        sandbox.awaitData(Map.of("password", "third"));
        assertThat(sandbox.awaitReady("SecretSynced").holds()).isTrue();
    }

    @Test
    void describeDenied_isStillInStep() {
        sandbox.aws.iam().deny("DescribeSecret");
        sandbox.apply(externalSecret(Sandbox.PASSWORD + "\nrefreshInterval: 1s"));
        sandbox.rotate("{\"password\": \"second\"}");
        sandbox.awaitData(Map.of("password", "second"));
        assertThat(sandbox.awaitReady("SecretSynced").holds()).isTrue();
    }

    @Test
    void batchDenied_isReadOneByOne() {
        sandbox.aws.iam().deny("BatchGetSecretValue");
        sandbox.create("prod/other", "more");
        sandbox.apply(
                externalSecret(
                        """
                        data:
                          - {secretKey: password, remoteRef: {key: prod/database, property: password}}
                          - {secretKey: other, remoteRef: {key: prod/other}}
                        """));
        sandbox.awaitData(Map.of("password", "first", "other", "more"));
    }

    @Test
    void secretDeletedForGood_isNotFound_andTheSecretIsRetained() {
        sandbox.aws.client().deleteSecret(r -> r.secretId(KEY).forceDeleteWithoutRecovery(true));
        assertThat(sandbox.awaitReady("NotFound").message())
                .contains("no secret " + KEY, "eu-central-1", "check the key");
        assertSecretUntouched();
    }

    @ParameterizedTest
    @EnumSource(MarkedForDeletion.class)
    void markedForDeletion_keepsReady_andTellsTheDate(MarkedForDeletion error) {
        sandbox.aws.refuseMarkedForDeletionBy(error);
        sandbox.aws.client().deleteSecret(r -> r.secretId(KEY).recoveryWindowInDays(7L));
        assertThat(sandbox.awaitSource("MarkedForDeletion").message())
                .contains("marked for deletion on ", "restore-secret");
        assertThat(sandbox.status().condition(Condition.READY).orElseThrow().holds()).isTrue();
        assertSecretUntouched();
    }

    @ParameterizedTest
    @EnumSource(MarkedForDeletion.class)
    void markedForDeletionAndForced_fails_andTheSecretStays(MarkedForDeletion error) {
        sandbox.aws.refuseMarkedForDeletionBy(error);
        sandbox.aws.client().deleteSecret(r -> r.secretId(KEY).recoveryWindowInDays(7L));
        sandbox.awaitSource("MarkedForDeletion");
        assertThat(sandbox.forceSyncUntilReady("MarkedForDeletion").message())
                .contains(KEY, "restore");
        assertSecretUntouched();
    }

    @Test
    void madeAgainWithTheSameVersionId_isFollowed() {
        var token = "00000000-0000-0000-0000-000000000001";
        recreate(token, "{\"password\": \"second\"}");
        sandbox.awaitData(Map.of("password", "second"));
        recreate(token, "{\"password\": \"third\"}");
        sandbox.awaitData(Map.of("password", "third"));
    }

    private void recreate(String token, String value) {
        var aws = sandbox.aws.client();
        aws.deleteSecret(r -> r.secretId(KEY).forceDeleteWithoutRecovery(true));
        aws.createSecret(r -> r.name(KEY).secretString(value).clientRequestToken(token));
    }

    @Test
    void aValueThatIsNoJson_isNotJson_withoutTheValue() {
        sandbox.rotate("hunter2 is no JSON");
        assertThat(sandbox.awaitReady("NotJson").message())
                .contains(KEY, "password")
                .doesNotContain("hunter2");
        assertSecretUntouched();
    }

    @Test
    void aMissingProperty_isNamed() {
        sandbox.rotate("{\"user\": \"hunter2\"}");
        assertThat(sandbox.awaitReady("PropertyMissing").message())
                .contains(KEY, "password")
                .doesNotContain("hunter2");
        assertSecretUntouched();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {
                "EMPTY_OBJECT",
                "WITHOUT_VALUE",
                "EMPTY_VALUE",
                "HALF",
                "CUT_OFF",
                "FOREIGN_CONTENT"
            })
    void anAnswerWithoutAUsableValue_isUnreachable_neverAnEmptyValue(Fault fault) {
        sandbox.aws.faults().on("GetSecretValue", fault);
        sandbox.aws.faults().on("BatchGetSecretValue", fault);
        assertThat(sandbox.forceSyncUntilSource("Unreachable").message())
                .contains("GetSecretValue", "no usable answer");
        assertStillReady();
    }

    @Test
    void aMissingLabel_isVersionNotFound() {
        sandbox.apply(
                externalSecret(
                        "data: [{secretKey: password, remoteRef: {key: prod/database, version: BLUE}}]"));
        assertThat(sandbox.awaitReady("VersionNotFound").message())
                .contains(KEY, "staging label BLUE");
        assertSecretUntouched();
    }

    @Test
    void throttled_keepsReady_andTheSourceSaysSo() {
        everyCall(Fault.THROTTLED);
        assertThat(sandbox.forceSyncUntilSource("Throttled").message()).contains("throttles");
        assertStillReady();
    }

    @Test
    void serverErrors_keepReady_andTheSourceSaysSo() {
        everyCall(Fault.INTERNAL_ERROR);
        assertThat(sandbox.awaitSource("Unreachable").message()).contains("tries again");
        assertStillReady();
        sandbox.aws.faults().clear();
        sandbox.awaitSource("Available");
    }

    @Test
    void connectionRefused_keepsReady_andTheSourceSaysSo() {
        sandbox.aws.refuseConnections();
        assertThat(sandbox.awaitSource("Unreachable").message()).contains("network policy");
        assertStillReady();
        sandbox.aws.acceptConnections();
        sandbox.awaitSource("Available");
    }

    private void everyCall(Fault fault) {
        sandbox.aws.faults().on("ListSecrets", fault);
        sandbox.aws.faults().on("DescribeSecret", fault);
        sandbox.aws.faults().on("GetSecretValue", fault);
        sandbox.aws.faults().on("BatchGetSecretValue", fault);
    }

    private void assertStillReady() {
        assertThat(sandbox.status().condition(Condition.READY).orElseThrow().holds()).isTrue();
        assertSecretUntouched();
    }

    @Test
    void aFailure_isAnEventWithTheRequestId_andTheConditionHasNone() {
        sandbox.rotate("no JSON");
        sandbox.awaitReady("NotJson");
        sandbox.aws.iam().deny("GetSecretValue");
        sandbox.aws.iam().deny("BatchGetSecretValue");
        var condition = sandbox.forceSyncUntilReady("AccessDenied");
        assertThat(condition.message()).doesNotContain("equest id");
        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                sandbox
                                        .client()
                                        .v1()
                                        .events()
                                        .inNamespace(NAMESPACE)
                                        .list()
                                        .getItems()
                                        .stream()
                                        .filter(e -> NAME.equals(e.getInvolvedObject().getName()))
                                        .filter(e -> "UpdateFailed".equals(e.getReason()))
                                        .anyMatch(e -> e.getMessage().contains("AWS request id")));
    }

    @Test
    void gone_underDelete_takesTheSecretWithIt() {
        sandbox.apply(externalSecret(Sandbox.PASSWORD + "\ntarget: {deletionPolicy: Delete}"));
        sandbox.forceSyncUntilReady("SecretSynced");
        await().until(
                        () ->
                                sandbox.status().syncedResourceVersion() != null
                                        && sandbox.status()
                                                .syncedResourceVersion()
                                                .startsWith("2-"));
        sandbox.aws.client().deleteSecret(r -> r.secretId(KEY).forceDeleteWithoutRecovery(true));
        assertThat(sandbox.awaitReady("SecretDeleted").holds()).isTrue();
        assertThat(sandbox.secret()).isNull();
        sandbox.create(KEY, "{\"password\": \"again\"}");
        sandbox.awaitData(Map.of("password", "again"));
    }
}
