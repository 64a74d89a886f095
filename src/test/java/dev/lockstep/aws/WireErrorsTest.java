package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.aws.ScriptedAws.Answer;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.AccessDenied;
import dev.lockstep.source.SourceFailure.KmsAccessDenied;
import dev.lockstep.source.SourceFailure.MarkedForDeletion;
import dev.lockstep.source.SourceFailure.NotFound;
import dev.lockstep.source.SourceFailure.Throttled;
import dev.lockstep.source.SourceFailure.TokenRejected;
import dev.lockstep.source.SourceFailure.Unreachable;
import dev.lockstep.source.SourceFailure.VersionNotFound;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What arrives over the wire, as failures of the closed set. */
class WireErrorsTest {
    private static final String SUBJECT = "the keys in Secret team-a/keys";
    private static final RemoteKey KEY = new RemoteKey("app/db");
    private static final String VALUE =
            """
            {"ARN":"arn:aws:secretsmanager:eu-west-1:1:secret:app/db-AbCdEf","Name":"app/db",\
            "VersionId":"v1","SecretString":"canary"}""";

    private final ScriptedAws aws = ScriptedAws.start();
    private final AwsFixture fixture = new AwsFixture(aws.url(), Map.of()).withKeys();

    @AfterEach
    void stop() {
        fixture.close();
        aws.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                argumentSet(
                        "denied",
                        Answer.error("AccessDeniedException", "no"),
                        new AccessDenied(SUBJECT, "secretsmanager:GetSecretValue", "app/db")),
                argumentSet(
                        "denied as XML",
                        Answer.xml(403, "<Error><Code>AccessDenied</Code></Error>"),
                        new AccessDenied(SUBJECT, "secretsmanager:GetSecretValue", "app/db")),
                argumentSet(
                        "KMS denied",
                        Answer.error("AccessDeniedException", "Access to KMS is not allowed"),
                        new KmsAccessDenied(SUBJECT, "app/db")),
                argumentSet(
                        "no such secret",
                        Answer.error(
                                "ResourceNotFoundException",
                                "Secrets Manager can't find the specified secret."),
                        new NotFound("app/db", "eu-west-1")),
                argumentSet(
                        "no such label",
                        Answer.error(
                                "ResourceNotFoundException",
                                "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT"),
                        new VersionNotFound("app/db", RequestedVersion.CURRENT)),
                argumentSet(
                        "marked for deletion",
                        Answer.error(
                                "InvalidRequestException",
                                "You can't perform this operation on the secret because it was marked for deletion."),
                        new MarkedForDeletion("app/db", null)),
                argumentSet(
                        "expired session",
                        Answer.error("ExpiredTokenException", "expired at 17:00"),
                        new TokenRejected(SUBJECT, "expired")),
                argumentSet(
                        "throttled",
                        Answer.error("ThrottlingException", "Rate exceeded"),
                        new Throttled("GetSecretValue")),
                argumentSet(
                        "500",
                        Answer.json(500, "{\"__type\":\"InternalServiceError\"}"),
                        unreachable("HTTP 500 InternalServiceError")),
                argumentSet(
                        "503 as HTML",
                        new Answer(503, "text/html", "<html></html>", 0),
                        unreachable("HTTP 503")),
                argumentSet("200 without a value", Answer.json(200, "{}"), incomplete()),
                argumentSet(
                        "200 with an empty value",
                        Answer.json(200, VALUE.replace("canary", "")),
                        unreachable("answer without a value")),
                argumentSet(
                        "200 without the version",
                        Answer.json(200, VALUE.replace("VersionId", "Other")),
                        incomplete()),
                argumentSet(
                        "half a body",
                        Answer.json(200, VALUE.substring(0, 80)),
                        unreachable("unreadable answer")),
                argumentSet(
                        "a login page",
                        new Answer(200, "text/html", "<html></html>", 0),
                        unreachable("unreadable answer")),
                argumentSet(
                        "foreign content type around the right words",
                        Answer.json(200, VALUE).as("text/html"),
                        unreachable("answer of foreign content type")));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void answer_isAFailure(Answer answer, SourceFailure expected) throws SourceException {
        aws.on("GetSecretValue", answer);

        assertThat(readFails().failure()).isEqualTo(expected);
        assertThat(fixture.observed.calls)
                .containsExactly("SecretsManager GetSecretValue " + expected.reason());
    }

    @Test
    void bodyShorterThanPromised_isUnreachable() throws SourceException {
        aws.on("GetSecretValue", Answer.json(200, VALUE).cutBy(20));

        assertThat(readFails().failure()).isInstanceOf(Unreachable.class);
    }

    @Test
    void failure_carriesTheRequestIdBesideItsMessage() throws SourceException {
        aws.on("GetSecretValue", Answer.error("AccessDeniedException", "no"));

        var failure = readFails();

        assertThat(failure.requestId()).contains("request-1");
        assertThat(failure).hasMessageNotContaining("request-1");
    }

    @Test
    void valueBehindAnUnreadableAnswer_isInNoMessage() throws SourceException {
        aws.on("GetSecretValue", Answer.json(200, VALUE.substring(0, VALUE.length() - 1)));

        for (Throwable e = readFails(); e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContain("canary");
        }
    }

    @Test
    void listWithoutAList_isUnreachable_notAnEmptyAccount() throws SourceException {
        aws.on("ListSecrets", Answer.json(200, "{}"));
        var source = open();

        assertThat(catchThrowableOfType(SourceException.class, () -> source.list(Optional.empty())))
                .hasMessageContaining("ListSecrets got no usable answer (answer without a list)");
    }

    @Test
    void describeWithoutArn_isUnreachable() throws SourceException {
        aws.on("DescribeSecret", Answer.json(200, "{}"));
        var source = open();

        assertThat(catchThrowableOfType(SourceException.class, () -> source.describe(KEY)))
                .hasMessageContaining("DescribeSecret of app/db got no usable answer");
    }

    @Test
    void nothingListening_isUnreachable() throws Exception {
        try (var deaf = new AwsFixture("http://127.0.0.1:" + closedPort(), Map.of())) {
            deaf.withKeys();
            var store = Stores.secretStore("team-a", "aws", AwsFixture.ONCE, AwsFixture.KEYS);
            var source = deaf.sources.open(store, "team-a");

            assertThat(
                            catchThrowableOfType(
                                            SourceException.class,
                                            () -> source.read(KEY, RequestedVersion.CURRENT))
                                    .failure())
                    .isEqualTo(unreachable("connection refused"));
        }
    }

    @Test
    void interruptedCall_endsAsUnreachable_andTheThreadKnows() throws SourceException {
        aws.on("GetSecretValue", Answer.json(200, VALUE));
        var source = open();
        Thread.currentThread().interrupt();

        var failure =
                catchThrowableOfType(
                        SourceException.class, () -> source.read(KEY, RequestedVersion.CURRENT));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.failure()).isEqualTo(unreachable("interrupted"));
    }

    private SourceException readFails() throws SourceException {
        var source = open();
        return catchThrowableOfType(
                SourceException.class, () -> source.read(KEY, RequestedVersion.CURRENT));
    }

    private SecretSource open() throws SourceException {
        var store = Stores.secretStore("team-a", "aws", AwsFixture.ONCE, AwsFixture.KEYS);
        return fixture.sources.open(store, "team-a");
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Unreachable incomplete() {
        return unreachable("answer without ARN, name or version");
    }

    private static Unreachable unreachable(String detail) {
        return new Unreachable("GetSecretValue of app/db", detail);
    }
}
