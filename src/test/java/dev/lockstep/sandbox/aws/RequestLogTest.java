package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.model.Tag;

/** What the emulator tells of its calls. */
class RequestLogTest extends EmbeddedAwsFixture {

    @Test
    void calls_areCountedByOperation_refusedOnesToo_butNotTheSandboxsOwn() {
        aws.client().createSecret(r -> r.name("app/db").secretString("v1"));

        value("app/db");
        value("app/db");
        isThere("app/nothing");
        sts(ANYBODY).getCallerIdentity();

        assertThat(aws.calls())
                .containsExactly(
                        entry("DescribeSecret", 1),
                        entry("GetCallerIdentity", 1),
                        entry("GetSecretValue", 2));
        assertThat(aws.calls("GetSecretValue")).isEqualTo(2);
        assertThat(aws.calls("ListSecrets")).isZero();
    }

    @Test
    void forgottenRequests_countNoMore() {
        isThere("app/nothing");

        aws.forgetRequests();

        assertThat(aws.calls()).isEmpty();
        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void requests_areRecordedInOrder_withWhoAskedForWhat() {
        aws.client().createSecret(r -> r.name("app/db").secretString("v1"));
        secrets().getSecretValue(r -> r.secretId("app/db").versionStage("AWSCURRENT"));
        secrets(ANYBODY, "us-east-1").batchGetSecretValue(r -> r.secretIdList("a", "b"));

        assertThat(aws.requests())
                .extracting(RecordedRequest::operation)
                .containsExactly("GetSecretValue", "BatchGetSecretValue");
        var get = aws.requests("GetSecretValue").get(0);
        assertThat(get.secretIds()).containsExactly("app/db");
        assertThat(get.parameter("VersionStage")).isEqualTo("AWSCURRENT");
        assertThat(get.parameter("VersionId")).isEmpty();
        assertThat(get.accessKeyId()).isEqualTo("AKIDTEST");
        assertThat(get.principal()).isEqualTo("arn:aws:iam::123456789012:user/AKIDTEST");
        assertThat(get.region()).isEqualTo(REGION);
        var batch = aws.requests("BatchGetSecretValue").get(0);
        assertThat(batch.secretIds()).containsExactly("a", "b");
        assertThat(batch.region()).isEqualTo("us-east-1");
    }

    @Test
    void valuesAndTokens_areNotRecorded() {
        create("app/db", "canary");
        var token = TestTokens.of("anybody", Instant.now().plusSeconds(600));
        unsignedSts()
                .assumeRoleWithWebIdentity(
                        r -> r.roleArn(ROLE).roleSessionName("me").webIdentityToken(token));

        assertThat(aws.requests()).hasSize(2);
        assertThat(aws.requests().toString()).doesNotContain("canary").doesNotContain(token);
    }

    @Test
    void aRoleRequest_isRecordedWithAllItAskedFor() {
        sts(ANYBODY)
                .assumeRole(
                        r ->
                                r.roleArn(ROLE)
                                        .roleSessionName("cluster.default.store")
                                        .externalId("ours")
                                        .durationSeconds(1800)
                                        .tags(Tag.builder().key("team").value("a & b").build())
                                        .transitiveTagKeys("team"));

        assertThat(aws.roleRequests())
                .containsExactly(
                        new RoleRequest(
                                "arn:aws:iam::123456789012:user/AKIDTEST",
                                ROLE,
                                "cluster.default.store",
                                "ours",
                                Map.of("team", "a & b"),
                                List.of("team"),
                                1800,
                                null));
    }

    @Test
    void aRoleRequestByToken_isRecordedWithItsClaims() {
        var expiration = Instant.ofEpochSecond(Instant.now().getEpochSecond() + 600);
        var subject = "system:serviceaccount:default:app";
        unsignedSts()
                .assumeRoleWithWebIdentity(
                        r ->
                                r.roleArn(ROLE)
                                        .roleSessionName("me")
                                        .webIdentityToken(TestTokens.of(subject, expiration)));

        assertThat(aws.roleRequests())
                .singleElement()
                .extracting(RoleRequest::token)
                .isEqualTo(
                        new WebIdentity(
                                "https://cluster",
                                subject,
                                List.of(TestTokens.AUDIENCE),
                                expiration));
    }
}
