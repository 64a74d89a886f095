package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/** Who is refused what, and in which words. */
class DenialsTest extends EmbeddedAwsFixture {

    private static final String APP = "system:serviceaccount:team-a:app";
    private static final String STRANGER = "system:serviceaccount:team-b:app";

    private String arn = "";

    @BeforeEach
    void createSecrets() {
        arn = aws.client().createSecret(r -> r.name("app/db").secretString("v1")).arn();
        aws.client().createSecret(r -> r.name("app/web").secretString("v1"));
    }

    @Test
    void aDeniedOperation_isRefusedInTheWordsOfAws() {
        aws.iam().deny("GetSecretValue");

        var refusal = refusal(() -> value("app/db"));

        assertThat(refusal.statusCode()).isEqualTo(400);
        assertThat(refusal.requestId()).isNotEmpty();
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
        assertThat(refusal.awsErrorDetails().errorMessage())
                .isEqualTo(
                        "User: arn:aws:iam::123456789012:user/AKIDTEST is not authorized to perform: secretsmanager:GetSecretValue on resource: app/db because no identity-based policy allows the secretsmanager:GetSecretValue action");
    }

    @Test
    void aDeniedList_namesNoResource() {
        aws.iam().deny("ListSecrets");

        assertThat(message(() -> secrets().listSecrets(ListSecretsRequest.builder().build())))
                .endsWith(
                        "is not authorized to perform: secretsmanager:ListSecrets because no identity-based policy allows the secretsmanager:ListSecrets action");
    }

    @Test
    void aSecretDeniedByName_isRefusedByAnyOfItsNames_andNoOtherIs() {
        aws.iam().deny("GetSecretValue", "app/db");

        assertThat(code(() -> value("app/db"))).isEqualTo("AccessDeniedException");
        assertThat(code(() -> value(arn))).isEqualTo("AccessDeniedException");
        assertThat(value("app/web")).isEqualTo("v1");
        assertThat(isThere("app/db")).isTrue();
    }

    @Test
    void aDenial_hidesWhetherTheSecretIsThere() {
        aws.iam().deny("GetSecretValue", "app/nothing");

        assertThat(code(() -> value("app/nothing"))).isEqualTo("AccessDeniedException");
    }

    @Test
    void inABatch_aDenialOrAKeyOfKms_concernsItsSecretAlone() {
        aws.client().createSecret(r -> r.name("app/kms").secretString("v1"));
        aws.iam().deny("GetSecretValue", "app/db");
        aws.iam().denyKms("app/kms");

        var batch =
                secrets().batchGetSecretValue(r -> r.secretIdList("app/db", "app/web", "app/kms"));

        assertThat(batch.secretValues())
                .extracting(SecretValueEntry::name)
                .containsExactly("app/web");
        assertThat(batch.errors())
                .extracting(APIErrorType::errorCode)
                .containsOnly("AccessDeniedException");
        assertThat(batch.errors())
                .extracting(APIErrorType::secretId)
                .containsExactly("app/db", "app/kms");
    }

    @Test
    void aDeniedBatch_leavesSingleReads() {
        aws.iam().deny("BatchGetSecretValue");

        assertThat(code(() -> secrets().batchGetSecretValue(r -> r.secretIdList("app/db"))))
                .isEqualTo("AccessDeniedException");
        assertThat(value("app/db")).isEqualTo("v1");
    }

    @Test
    void kmsDenied_differsByItsMessageAlone_andLeavesTheDescription() {
        aws.iam().denyKms("app/db");

        assertThat(code(() -> value("app/db"))).isEqualTo("AccessDeniedException");
        assertThat(message(() -> value("app/db"))).isEqualTo("Access to KMS is not allowed");
        assertThat(isThere("app/db")).isTrue();
    }

    @Test
    void whatIsAllowedAgain_works() {
        aws.iam().deny("GetSecretValue");
        aws.iam().deny("DescribeSecret");

        aws.iam().allow("GetSecretValue");
        assertThat(value("app/db")).isEqualTo("v1");
        assertThat(code(() -> isThere("app/db"))).isEqualTo("AccessDeniedException");

        aws.iam().allowAll();
        assertThat(isThere("app/db")).isTrue();
    }

    @Test
    void aRole_isNamedByItsSession() {
        aws.iam().deny("GetSecretValue");
        var role = AwsUnderTest.sdk(assume(ANYBODY, ROLE));

        assertThat(message(() -> secrets(role, REGION).getSecretValue(r -> r.secretId("app/db"))))
                .startsWith("User: arn:aws:sts::123456789012:assumed-role/reader/me is not");
    }

    @Test
    void aDeniedRole_isRefusedToUsersAndTokens() {
        aws.iam().denyRole(ROLE);

        var user = refusal(() -> assume(ANYBODY, ROLE));
        var token = refusal(() -> assumeBy(APP));

        assertThat(user.statusCode()).isEqualTo(403);
        assertThat(user.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
        assertThat(user.awsErrorDetails().errorMessage())
                .isEqualTo(
                        "User: arn:aws:iam::123456789012:user/AKIDTEST is not authorized to perform: sts:AssumeRole on resource: "
                                + ROLE);
        assertThat(token.statusCode()).isEqualTo(403);
        assertThat(token.awsErrorDetails().errorMessage())
                .isEqualTo("Not authorized to perform sts:AssumeRoleWithWebIdentity");
    }

    @Test
    void aRoleThatTrustsAServiceAccount_isRefusedToAnother() {
        aws.iam().trustOnly(ROLE, APP);

        assertThat(assumeBy(APP).accessKeyId()).isNotEmpty();
        assertThat(code(() -> assumeBy(STRANGER))).isEqualTo("AccessDenied");
        assertThat(code(() -> assume(ANYBODY, ROLE))).isEqualTo("AccessDenied");
    }

    @Test
    void aRoleThatTrustsARole_isGivenToEverySessionOfIt() {
        var other = "arn:aws:iam::123456789012:role/other";
        aws.iam().trustOnly(other, ROLE);
        var session = AwsUnderTest.sdk(assume(ANYBODY, ROLE));

        assertThat(assume(session, other).accessKeyId()).isNotEmpty();
        assertThat(code(() -> assume(ANYBODY, other))).isEqualTo("AccessDenied");
    }

    @Test
    void theSandboxsOwnClient_isDeniedNothing() {
        aws.iam().deny("GetSecretValue");
        aws.iam().denyKms("app/db");
        aws.iam().acceptOnlyKnownKeys();

        assertThat(aws.client().getSecretValue(r -> r.secretId("app/db")).secretString())
                .isEqualTo("v1");
    }
}
