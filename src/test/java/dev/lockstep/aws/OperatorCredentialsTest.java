package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lockstep.aws.ScriptedAws.Answer;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores without auth use what the operator's pod was given. */
class OperatorCredentialsTest {
    private static final String WEB_IDENTITY = "AssumeRoleWithWebIdentity";
    private static final String NO_AUTH = "prefix: app/";
    private static final String VALUE =
            """
            {"ARN":"a-AbCdEf","Name":"app/db","VersionId":"v","SecretString":"x"}""";

    private final ScriptedAws aws = ScriptedAws.start();
    private final Map<String, String> systemProperties = new HashMap<>();

    @TempDir private Path pod;

    OperatorCredentialsTest() {
        aws.on("GetSecretValue", Answer.json(200, VALUE));
        aws.on(WEB_IDENTITY, Answer.session(WEB_IDENTITY, "ASIAPOD", AwsFixture.LONG));
        aws.on("AssumeRole", Answer.session("AssumeRole", "ASIAROLE", AwsFixture.LONG));
    }

    @AfterEach
    void stop() {
        systemProperties.keySet().forEach(System::clearProperty);
        aws.close();
    }

    @Test
    void irsaOfThePod_isOneSessionForAllStoresOfARegion() throws Exception {
        try (var fixture = new AwsFixture(aws.url(), irsa())) {
            read(fixture, "one", NO_AUTH);
            read(fixture, "two", NO_AUTH);
        }

        assertThat(aws.requests(WEB_IDENTITY))
                .singleElement()
                .extracting(ScriptedAws.Request::body)
                .asString()
                .contains("RoleArn=arn:aws:iam::1:role/lockstep")
                .contains("RoleSessionName=kubernetes.lockstep")
                .contains("WebIdentityToken=pod-token");
        assertThat(aws.requests("GetSecretValue"))
                .extracting(ScriptedAws.Request::accessKey)
                .containsExactly("ASIAPOD", "ASIAPOD");
    }

    @Test
    void roleOfAStore_isAssumedByTheOperator() throws Exception {
        try (var fixture = new AwsFixture(aws.url(), irsa())) {
            read(fixture, "one", "role: arn:aws:iam::2:role/reader");
        }

        assertThat(aws.requests("AssumeRole"))
                .singleElement()
                .extracting(ScriptedAws.Request::accessKey)
                .isEqualTo("ASIAPOD");
    }

    @Test
    void tokenFileThatCannotBeRead_isNamed() throws Exception {
        var environment = irsa();
        Files.delete(pod.resolve("token"));
        try (var fixture = new AwsFixture(aws.url(), environment)) {
            assertThat(
                            catchThrowableOfType(
                                    SourceException.class, () -> read(fixture, "one", NO_AUTH)))
                    .hasMessageStartingWith(
                            "CredentialsMissing: the operator cannot read its token at "
                                    + pod.resolve("token"));
        }
    }

    @Test
    void keysOfTheProcess_areUsedThroughTheSdksChain() throws Exception {
        property("aws.accessKeyId", "AKIAPROCESS");
        property("aws.secretAccessKey", "s");
        try (var fixture = new AwsFixture(aws.url(), Map.of())) {
            read(fixture, "one", NO_AUTH);
        }

        assertThat(aws.requests("GetSecretValue"))
                .extracting(ScriptedAws.Request::accessKey)
                .containsExactly("AKIAPROCESS");
    }

    @Test
    void eksPodIdentity_isAskedWithThePodsToken() throws Exception {
        var agent = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        agent.createContext("/v1/credentials", OperatorCredentialsTest::answerPodWithToken);
        agent.start();
        try (var fixture = new AwsFixture(aws.url(), Map.of())) {
            var address = "http://127.0.0.1:" + agent.getAddress().getPort() + "/v1/credentials";
            property("aws.containerCredentialsFullUri", address);
            var token = Files.writeString(pod.resolve("eks-token"), "eks-pod-token");
            property("aws.containerAuthorizationTokenFile", token.toString());
            read(fixture, "one", NO_AUTH);
        } finally {
            agent.stop(0);
        }

        assertThat(aws.requests("GetSecretValue"))
                .extracting(ScriptedAws.Request::accessKey)
                .containsExactly("ASIAPODIDENTITY");
    }

    /** As the agent on each node does. */
    private static void answerPodWithToken(HttpExchange exchange) throws IOException {
        var known = "eks-pod-token".equals(exchange.getRequestHeaders().getFirst("Authorization"));
        var body =
                """
                {"AccessKeyId": "ASIAPODIDENTITY", "SecretAccessKey": "s", "Token": "t",
                 "Expiration": "2999-01-01T00:00:00Z"}"""
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(known ? 200 : 403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void nothingGiven_isCredentialsMissing_withWhatToDo() {
        property("aws.disableEc2Metadata", "true");
        try (var fixture = new AwsFixture(aws.url(), Map.of())) {
            assertThat(
                            catchThrowableOfType(
                                            SourceException.class,
                                            () -> read(fixture, "one", NO_AUTH))
                                    .failure())
                    .isInstanceOf(SourceFailure.CredentialsMissing.class)
                    .extracting(SourceFailure::message)
                    .asString()
                    .contains("annotate its ServiceAccount with eks.amazonaws.com/role-arn");
        }
    }

    private Map<String, String> irsa() throws IOException {
        var token = Files.writeString(pod.resolve("token"), "pod-token\n");
        return Map.of(
                "AWS_ROLE_ARN",
                "arn:aws:iam::1:role/lockstep",
                "AWS_WEB_IDENTITY_TOKEN_FILE",
                token.toString());
    }

    private void property(String name, String value) {
        systemProperties.put(name, value);
        System.setProperty(name, value);
    }

    private static void read(AwsFixture fixture, String name, String yaml) throws SourceException {
        fixture.sources
                .open(Stores.secretStore("team-a", name, yaml), "team-a")
                .read(new RemoteKey("app/db"), RequestedVersion.CURRENT);
    }
}
