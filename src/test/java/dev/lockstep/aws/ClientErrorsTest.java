package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.CredentialsMissing;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Exceptions that no service sent, row by row, as failures of the closed set. */
class ClientErrorsTest {
    private static final String CALL = "GetSecretValue of app/db";

    static Stream<Arguments> client() {
        return Stream.of(
                argumentSet(
                        "unknown host",
                        caused(new UnknownHostException("sm.example: Name or service not known")),
                        unreachable("unknown host sm.example")),
                argumentSet(
                        "refused",
                        caused(new ConnectException("Connection refused")),
                        unreachable("connection refused")),
                argumentSet(
                        "lost",
                        caused(new SocketException("reset")),
                        unreachable("connection lost")),
                argumentSet(
                        "slow",
                        caused(new SocketTimeoutException("Read timed out")),
                        unreachable("timed out")),
                argumentSet(
                        "unknown CA",
                        caused(
                                new SSLHandshakeException(
                                        "unable to find valid certification path")),
                        unreachable("TLS: unable to find valid certification path")),
                argumentSet(
                        "slow attempt",
                        ApiCallAttemptTimeoutException.create(10_000),
                        unreachable("timed out")),
                argumentSet(
                        "slow call",
                        ApiCallTimeoutException.create(30_000),
                        unreachable("timed out")),
                argumentSet(
                        "half a body",
                        SdkClientException.create("Unable to unmarshall response (eof)"),
                        unreachable("unreadable answer")),
                argumentSet(
                        "the SDK's own configuration",
                        SdkClientException.builder()
                                .message("FIPS and custom endpoint are not supported")
                                .numAttempts(1)
                                .build(),
                        unreachable("FIPS and custom endpoint are not supported")),
                argumentSet(
                        "an exception nobody thought of, whose message may hold anything",
                        new IllegalStateException("canary", new IllegalArgumentException("canary")),
                        unreachable("IllegalArgumentException")),
                argumentSet(
                        "no credentials",
                        SdkClientException.create(
                                "Unable to load credentials from any of the providers in the chain"),
                        new CredentialsMissing(
                                "the operator has no AWS credentials: annotate its ServiceAccount with eks.amazonaws.com/role-arn, give it an EKS Pod Identity association, or give the store auth.jwt or auth.secretRef")));
    }

    @ParameterizedTest
    @MethodSource("client")
    void exceptionOfThisSide_isAFailure(RuntimeException e, SourceFailure expected) {
        assertThat(ClientErrors.failure(e, CALL)).isEqualTo(expected);
    }

    @Test
    void interrupt_isPassedOn() {
        var failure = ClientErrors.failure(AbortedException.create("Thread was interrupted"), CALL);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure).isEqualTo(unreachable("interrupted"));
    }

    private static Unreachable unreachable(String detail) {
        return new Unreachable(CALL, detail);
    }

    private static RuntimeException caused(Exception cause) {
        return SdkClientException.create("Unable to execute HTTP request", cause);
    }
}
