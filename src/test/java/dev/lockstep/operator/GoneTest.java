package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.KEY;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Remote secrets that are gone, or only seem to be: semantics 14. */
class GoneTest {
    private static final String TWO_KEYS =
            """
            data:
              - {secretKey: password, remoteRef: {key: prod/database, property: password}}
              - {secretKey: other, remoteRef: {key: prod/other}}
            """;
    private static final Map<String, String> BOTH = Map.of("password", "first", "other", "more");

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aKeyThatNeverWas_afterAnEdit_isAnError_andTheSecretStays() {
        sandbox.inStep(Sandbox.PASSWORD + "\ntarget: {deletionPolicy: Delete}");
        sandbox.apply(
                externalSecret(
                        "data: [{secretKey: password, remoteRef: {key: prod/datbase}}]\ntarget: {deletionPolicy: Delete}"));
        assertThat(sandbox.awaitReady("NotFound").message()).contains("prod/datbase");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
    }

    @Test
    void aKeyThatNeverWas_afterAnEditUnderMerge_removesNothing() {
        bothInStep("Merge");
        sandbox.apply(
                externalSecret(
                        TWO_KEYS.replace("prod/other", "prod/othr")
                                + "target: {deletionPolicy: Merge}"));
        sandbox.awaitReady("NotFound");
        assertThat(sandbox.data()).isEqualTo(BOTH);
    }

    @Test
    void oneKeyGone_underMerge_leavesTheOthers() {
        bothInStep("Merge");
        deleteForGood("prod/other");
        sandbox.awaitData(Sandbox.DATA);
        assertThat(sandbox.awaitReady("SecretSynced").holds()).isTrue();
    }

    @Test
    void oneKeyGone_underDelete_leavesTheOthers_untilAllAre() {
        bothInStep("Delete");
        deleteForGood("prod/other");
        sandbox.awaitData(Sandbox.DATA);
        deleteForGood(KEY);
        sandbox.awaitReady("SecretDeleted");
        assertThat(sandbox.secret()).isNull();
    }

    @Test
    void gone_underDeleteWithOrphan_isAConflict_andTheSecretStays() {
        sandbox.inStep(
                Sandbox.PASSWORD + "\ntarget: {creationPolicy: Orphan, deletionPolicy: Delete}");
        deleteForGood(KEY);
        assertThat(sandbox.awaitReady("TargetConflict").message()).contains("not owned");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
    }

    @Test
    void gone_whereNoLookIsAllowed_isConfirmedByTheVersionLastSeen() {
        sandbox.aws.iam().deny("ListSecrets");
        sandbox.aws.iam().deny("DescribeSecret");
        sandbox.inStep(
                Sandbox.PASSWORD + "\nrefreshInterval: 1s\ntarget: {deletionPolicy: Delete}");
        deleteForGood(KEY);
        sandbox.awaitReady("SecretDeleted");
        assertThat(sandbox.secret()).isNull();
    }

    private void bothInStep(String deletionPolicy) {
        sandbox.create(KEY, "{\"password\": \"first\"}");
        sandbox.create("prod/other", "more");
        sandbox.apply(
                externalSecret(TWO_KEYS + "target: {deletionPolicy: " + deletionPolicy + "}"));
        sandbox.awaitData(BOTH);
        sandbox.awaitReady("SecretSynced");
    }

    private void deleteForGood(String key) {
        sandbox.aws.client().deleteSecret(r -> r.secretId(key).forceDeleteWithoutRecovery(true));
    }
}
