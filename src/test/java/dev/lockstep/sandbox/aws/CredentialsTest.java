package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;

/** Which keys, sessions and tokens are good. */
class CredentialsTest extends EmbeddedAwsFixture {

    private static final String APP = "system:serviceaccount:team-a:app";

    @BeforeEach
    void createSecret() {
        aws.client().createSecret(r -> r.name("app/db").secretString("v1"));
    }

    @Test
    void unknownKeys_areRefusedWhereOnlyKnownOnesAreGood() {
        aws.iam().addUser("AKIDALICE", "arn:aws:iam::123456789012:user/alice");
        aws.iam().acceptOnlyKnownKeys();
        var alice = AwsBasicCredentials.create("AKIDALICE", "secret");

        assertThat(code(() -> value("app/db"))).isEqualTo("UnrecognizedClientException");
        assertThat(code(() -> sts(ANYBODY).getCallerIdentity())).isEqualTo("InvalidClientTokenId");
        assertThat(sts(alice).getCallerIdentity().arn()).endsWith(":user/alice");
        assertThat(secrets(alice, REGION).getSecretValue(r -> r.secretId("app/db")).name())
                .isEqualTo("app/db");
    }

    @Test
    void expiredSessions_areRefused_andNewOnesAreNot() {
        var before = AwsUnderTest.sdk(assume(ANYBODY, ROLE));
        aws.iam().expireSessions();
        var after = AwsUnderTest.sdk(assume(ANYBODY, ROLE));

        assertThat(code(() -> secrets(before, REGION).getSecretValue(r -> r.secretId("app/db"))))
                .isEqualTo("ExpiredTokenException");
        assertThat(code(() -> sts(before).getCallerIdentity())).isEqualTo("ExpiredToken");
        assertThat(sts(after).getCallerIdentity().account()).isEqualTo("123456789012");
    }

    @Test
    void aSession_isNothingWithoutItsToken() {
        var issued = assume(ANYBODY, ROLE);
        var halfOfIt = AwsBasicCredentials.create(issued.accessKeyId(), issued.secretAccessKey());

        assertThat(code(() -> secrets(halfOfIt, REGION).getSecretValue(r -> r.secretId("app/db"))))
                .isEqualTo("UnrecognizedClientException");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a token", "a.b", "a.%.c", "a.bm90IGpzb24.c"})
    void whatIsNoToken_isInvalid(String token) {
        assertThat(
                        code(
                                () ->
                                        unsignedSts()
                                                .assumeRoleWithWebIdentity(
                                                        r ->
                                                                r.roleArn(ROLE)
                                                                        .roleSessionName("me")
                                                                        .webIdentityToken(token))))
                .isEqualTo("InvalidIdentityToken");
    }

    @Test
    void aTokenWhoseTimeIsUp_isExpired() {
        var token = TestTokens.of(APP, Instant.now().minusSeconds(60));

        assertThat(code(() -> assumeWith(token))).isEqualTo("ExpiredTokenException");
    }

    @Test
    void withoutASignature_onlyATokenIsTaken() {
        assertThat(code(() -> unsignedSts().getCallerIdentity()))
                .isEqualTo("MissingAuthenticationToken");
    }
}
