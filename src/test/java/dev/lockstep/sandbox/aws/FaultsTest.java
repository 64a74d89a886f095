package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What can be made to go wrong, as the SDK sees it. */
class FaultsTest extends EmbeddedAwsFixture {

    @BeforeEach
    void createSecret() {
        aws.client().createSecret(r -> r.name("app/db").secretString("a value of some length"));
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, 400, ThrottlingException",
        "INTERNAL_ERROR, 500, InternalServiceError",
        "UNAVAILABLE, 503,",
        "DECRYPTION_FAILURE, 400, DecryptionFailure",
    })
    void aRefusal_hasItsStatusAndCode(Fault fault, int status, String code) {
        aws.faults().on("GetSecretValue", fault);

        var refusal = refusal(() -> value("app/db"));

        assertThat(refusal.statusCode()).isEqualTo(status);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.isThrottlingException()).isEqualTo(fault == Fault.THROTTLED);
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, 400, Throttling",
        "INVALID_IDENTITY_TOKEN, 400, InvalidIdentityToken",
        "EXPIRED_IDENTITY_TOKEN, 400, ExpiredTokenException",
        "IDENTITY_PROVIDER_UNREACHABLE, 400, IDPCommunicationError",
        "INTERNAL_ERROR, 500, InternalFailure",
    })
    void sts_refusesInItsOwnWords(Fault fault, int status, String code) {
        aws.faults().on("AssumeRoleWithWebIdentity", fault);
        var token = TestTokens.of("anybody", Instant.now().plusSeconds(600));

        var refusal =
                refusal(
                        () ->
                                unsignedSts()
                                        .assumeRoleWithWebIdentity(
                                                r ->
                                                        r.roleArn(ROLE)
                                                                .roleSessionName("me")
                                                                .webIdentityToken(token)));

        assertThat(refusal.statusCode()).isEqualTo(status);
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT_OFF", "HALF", "FOREIGN_CONTENT"})
    void anAnswerThatIsNone_failsInTheClient(Fault fault) {
        aws.faults().on("GetSecretValue", fault);

        assertThatThrownBy(() -> value("app/db")).isInstanceOf(SdkClientException.class);
    }

    @Test
    void anEmptyObject_isASuccessWithoutAnything() {
        aws.faults().on("GetSecretValue", Fault.EMPTY_OBJECT);

        var read = secrets().getSecretValue(r -> r.secretId("app/db"));

        assertThat(read.secretString()).isNull();
        assertThat(read.arn()).isNull();
    }

    @Test
    void aLostValue_leavesTheRestOfTheAnswer_inBatchesToo() {
        aws.faults().on(Faults.ANY, Fault.WITHOUT_VALUE);

        var read = secrets().getSecretValue(r -> r.secretId("app/db"));
        var batch = secrets().batchGetSecretValue(r -> r.secretIdList("app/db")).secretValues();

        assertThat(read.versionStages()).containsExactly("AWSCURRENT");
        assertThat(read.secretString()).isNull();
        assertThat(batch)
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.name()).isEqualTo("app/db");
                            assertThat(entry.secretString()).isNull();
                        });
    }

    @Test
    void anEmptyValue_isEmpty() {
        aws.faults().on("GetSecretValue", Fault.EMPTY_VALUE);

        assertThat(value("app/db")).isEmpty();
    }

    @Test
    void faultsThatWereCounted_end_andComeInTheirOrder() {
        aws.faults().on("GetSecretValue", Fault.THROTTLED, 2);
        aws.faults().on("GetSecretValue", Fault.INTERNAL_ERROR, 1);

        assertThat(code(() -> value("app/db"))).isEqualTo("ThrottlingException");
        assertThat(code(() -> value("app/db"))).isEqualTo("ThrottlingException");
        assertThat(code(() -> value("app/db"))).isEqualTo("InternalServiceError");
        assertThat(value("app/db")).isNotEmpty();
    }

    @Test
    void faults_areOfTheirOperation_untilCleared() {
        aws.faults().on("GetSecretValue", Fault.THROTTLED);

        assertThat(isThere("app/db")).isTrue();
        assertThat(code(() -> value("app/db"))).isEqualTo("ThrottlingException");

        aws.faults().clear();
        assertThat(value("app/db")).isNotEmpty();
    }

    @Test
    void aWriteThatFailed_changedNothing() {
        aws.faults().on("PutSecretValue", Fault.INTERNAL_ERROR);

        assertThatThrownBy(() -> put("app/db", "v2")).isInstanceOf(AwsServiceException.class);

        assertThat(value("app/db")).isEqualTo("a value of some length");
    }

    @Test
    void callsBeyondTheLimitOfASecond_areThrottled() {
        var now = new AtomicLong();
        var limit = new RateLimit(2, now::get);

        assertThat(limit.admits()).isTrue();
        now.set(600_000_000);
        assertThat(limit.admits()).isTrue();
        assertThat(limit.admits()).isFalse();
        now.set(1_000_000_000);
        assertThat(limit.admits()).isTrue();
        assertThat(limit.admits()).isFalse();
    }

    @Test
    void aLimitOfNone_throttlesEveryCallOfThatOperation() {
        aws.faults().limit("GetSecretValue", 0);

        assertThat(code(() -> value("app/db"))).isEqualTo("ThrottlingException");
        assertThat(isThere("app/db")).isTrue();
    }

    @Test
    void aHeldCall_isAnsweredWhenItIsReleased_byWhatIsTrueThen() {
        var hold = aws.faults().hold("GetSecretValue");
        var read = CompletableFuture.supplyAsync(() -> value("app/db"));
        await().until(() -> hold.waiting() == 1);
        assertThat(read).isNotDone();
        aws.client().putSecretValue(r -> r.secretId("app/db").secretString("v2"));

        hold.release();

        assertThat(read.join()).isEqualTo("v2");
        assertThat(value("app/db")).isEqualTo("v2");
    }

    @Test
    void theSandboxsOwnClient_doesNotFail() {
        aws.faults().on(Faults.ANY, Fault.UNAVAILABLE);

        assertThat(aws.client().getSecretValue(r -> r.secretId("app/db")).secretString())
                .isEqualTo("a value of some length");
    }
}
