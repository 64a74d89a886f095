package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.sandbox.EmbeddedAws;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A fresh emulator for each test. */
abstract class EmbeddedAwsFixture implements AwsUnderTest {

    static final String ROLE = "arn:aws:iam::123456789012:role/reader";

    final EmbeddedAws aws = EmbeddedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Override
    public URI endpoint() {
        return aws.endpoint();
    }

    /** The service's refusal of that call. */
    static AwsServiceException refusal(Callable<?> call) {
        return catchThrowableOfType(AwsServiceException.class, call::call);
    }

    static String code(Callable<?> call) {
        return refusal(call).awsErrorDetails().errorCode();
    }

    static String message(Callable<?> call) {
        return refusal(call).awsErrorDetails().errorMessage();
    }

    final Credentials assume(AwsCredentials caller, String role) {
        return sts(caller).assumeRole(r -> r.roleArn(role).roleSessionName("me")).credentials();
    }

    final Credentials assumeBy(String subject) {
        return assumeWith(TestTokens.of(subject, Instant.now().plusSeconds(600)));
    }

    final Credentials assumeWith(String token) {
        return unsignedSts()
                .assumeRoleWithWebIdentity(
                        r -> r.roleArn(ROLE).roleSessionName("me").webIdentityToken(token))
                .credentials();
    }
}
