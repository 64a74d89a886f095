package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.services.sts.model.StsException;

/** Credentials of roles. */
interface RolesContract extends AwsUnderTest {

    String ROLE = "arn:aws:iam::123456789012:role/team/reader";
    String ROLE_ELSEWHERE = "arn:aws:iam::210987654321:role/reader";

    @Test
    default void anybody_learnsTheirAccount() {
        var identity = sts(ANYBODY).getCallerIdentity();

        assertThat(identity.account()).isEqualTo("123456789012");
        assertThat(identity.arn()).contains(":123456789012:user/");
        assertThat(identity.userId()).isNotEmpty();
    }

    @Test
    default void whoAssumedARole_isItsSession() {
        var assumed = sts(ANYBODY).assumeRole(r -> r.roleArn(ROLE).roleSessionName("me"));

        assertThat(assumed.assumedRoleUser().arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/reader/me");
        assertThat(sts(AwsUnderTest.sdk(assumed.credentials())).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/reader/me");
    }

    @Test
    default void aToken_standsForASignature() {
        var token =
                TestTokens.of("system:serviceaccount:default:app", Instant.now().plusSeconds(600));

        var assumed =
                unsignedSts()
                        .assumeRoleWithWebIdentity(
                                r -> r.roleArn(ROLE).roleSessionName("me").webIdentityToken(token));

        assertThat(sts(AwsUnderTest.sdk(assumed.credentials())).getCallerIdentity().arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/reader/me");
    }

    @Test
    default void credentials_expireWhenAsked() {
        var soon = Instant.now().plus(Duration.ofMinutes(15));

        var assumed =
                sts(ANYBODY)
                        .assumeRole(
                                r -> r.roleArn(ROLE).roleSessionName("me").durationSeconds(900));

        assertThat(assumed.credentials().expiration())
                .isBetween(soon.minusSeconds(60), soon.plusSeconds(60));
    }

    @Test
    default void aRoleOfAnotherAccount_isReachedByARole_andHasThatAccountsSecrets() {
        create("app/db", "v1");
        var first = sts(ANYBODY).assumeRole(r -> r.roleArn(ROLE).roleSessionName("me"));
        var second =
                sts(AwsUnderTest.sdk(first.credentials()))
                        .assumeRole(r -> r.roleArn(ROLE_ELSEWHERE).roleSessionName("me"));
        AwsCredentials elsewhere = AwsUnderTest.sdk(second.credentials());

        secrets(elsewhere, REGION).createSecret(r -> r.name("theirs").secretString("v1"));

        assertThat(sts(elsewhere).getCallerIdentity().account()).isEqualTo("210987654321");
        assertThat(isThere("theirs")).isFalse();
        assertThat(isThere("app/db")).isTrue();
    }

    @Test
    default void aUsersSession_isTheUsers() {
        var session = sts(ANYBODY).getSessionToken(r -> r.durationSeconds(1800)).credentials();

        assertThat(session.sessionToken()).isNotEmpty();
        assertThat(session.expiration()).isAfter(Instant.now());
        assertThat(sts(AwsUnderTest.sdk(session)).getCallerIdentity().account())
                .isEqualTo("123456789012");
    }

    @Test
    default void aSessionName_hasAtMost64Characters() {
        assertThatThrownBy(
                        () ->
                                sts(ANYBODY)
                                        .assumeRole(
                                                r ->
                                                        r.roleArn(ROLE)
                                                                .roleSessionName("x".repeat(65))))
                .isInstanceOfSatisfying(
                        StsException.class,
                        e ->
                                assertThat(e.awsErrorDetails().errorCode())
                                        .isEqualTo("ValidationError"));
    }
}
