package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.aws.Fault;
import dev.lockstep.source.IssuedToken;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.TokenRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.http.SdkHttpClient;

/** Tokens that AWS issues, over its wire. */
class AwsTokensTest {
    private static final TokenRequest SESSION = new TokenRequest.Session(Optional.of(1800), "", "");

    private final EmbeddedAws aws = EmbeddedAws.start();
    private final AwsFixture fixture =
            new AwsFixture(aws.endpoint().toString(), Map.of()).withKeys();

    @AfterEach
    void stop() {
        fixture.close();
        aws.close();
    }

    @Test
    void theAccountsRegistry_givesUserPasswordEndpointAndEnd() throws SourceException {
        var token = issue(AwsFixture.KEYS, new TokenRequest.PrivateRegistry());

        assertThat(texts(token))
                .containsEntry("username", "AWS")
                .containsEntry("password", "registry-password-1")
                .containsEntry(
                        "proxy_endpoint", "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com")
                .containsEntry("expires_at", String.valueOf(token.expiresAt().getEpochSecond()))
                .hasSize(4);
        assertThat(token.expiresAt())
                .isCloseTo(Instant.now().plus(Duration.ofHours(12)), within(Duration.ofMinutes(5)));
        assertThat(aws.requests("GetAuthorizationToken"))
                .singleElement()
                .satisfies(request -> assertThat(request.accessKeyId()).isEqualTo("AKIAKEYS"))
                .satisfies(request -> assertThat(request.region()).isEqualTo("eu-west-1"));
    }

    private static org.assertj.core.data.TemporalUnitOffset within(Duration duration) {
        return org.assertj.core.api.Assertions.within(duration.toSeconds(), ChronoUnit.SECONDS);
    }

    @Test
    void thePublicRegistry_namesNoEndpoint() throws SourceException {
        var token = issue(AwsFixture.KEYS, new TokenRequest.PublicRegistry());

        assertThat(texts(token)).containsOnlyKeys("username", "password", "expires_at");
    }

    @Test
    void aSession_isOfTheUsersOwnKeys() throws SourceException {
        var token = issue(AwsFixture.KEYS, SESSION);

        assertThat(texts(token))
                .containsOnlyKeys(
                        "access_key_id", "secret_access_key", "session_token", "expiration")
                .containsEntry("expiration", String.valueOf(token.expiresAt().getEpochSecond()));
        assertThat(aws.requests("GetSessionToken"))
                .singleElement()
                .satisfies(r -> assertThat(r.parameter("DurationSeconds")).isEqualTo("1800"));
    }

    @Test
    void aRole_isAssumedBefore() throws SourceException {
        issue(
                AwsFixture.KEYS + "\nrole: arn:aws:iam::123456789012:role/puller",
                new TokenRequest.PrivateRegistry());

        assertThat(aws.requests("GetAuthorizationToken"))
                .singleElement()
                .satisfies(r -> assertThat(r.principal()).contains("assumed-role/puller/"));
        assertThat(aws.roleRequests())
                .singleElement()
                .satisfies(r -> assertThat(r.sessionName()).isEqualTo("kubernetes.team-a.token"));
    }

    @Test
    void aRole_getsNoSession() {
        assertThatThrownBy(
                        () ->
                                issue(
                                        AwsFixture.KEYS
                                                + "\nrole: arn:aws:iam::123456789012:role/puller",
                                        SESSION))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e ->
                                assertThat(e.failure())
                                        .isInstanceOf(SourceFailure.CredentialsMissing.class))
                .hasMessageContaining("the keys of an IAM user alone");
    }

    @ParameterizedTest
    @CsvSource({
        "GetAuthorizationToken, ecr:GetAuthorizationToken",
        "GetSessionToken, sts:GetSessionToken"
    })
    void aDenial_namesTheAction(String operation, String action) {
        aws.iam().deny(operation);

        assertThatThrownBy(
                        () ->
                                issue(
                                        AwsFixture.KEYS,
                                        operation.equals("GetSessionToken")
                                                ? SESSION
                                                : new TokenRequest.PrivateRegistry()))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e ->
                                assertThat(e.failure())
                                        .isInstanceOf(SourceFailure.AccessDenied.class)
                                        .returns(false, SourceFailure::passing))
                .hasMessageContaining(action);
    }

    @ParameterizedTest
    @CsvSource({
        "THROTTLED, Throttled",
        "INTERNAL_ERROR, Unreachable",
        "UNAVAILABLE, Unreachable",
        "FOREIGN_CONTENT, Unreachable",
        "EMPTY_OBJECT, Unreachable",
        "HALF, Unreachable",
        "CUT_OFF, Unreachable"
    })
    void aTroubleThatPasses_isOne(Fault fault, String reason) {
        aws.faults().on("GetAuthorizationToken", fault);

        assertThatThrownBy(() -> issue(AwsFixture.KEYS, new TokenRequest.PrivateRegistry()))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e ->
                                assertThat(e.failure())
                                        .returns(reason, SourceFailure::reason)
                                        .returns(true, SourceFailure::passing));
    }

    @ParameterizedTest
    @CsvSource({
        "PRIVATE, eu-central-1, false, https://api.ecr.eu-central-1.amazonaws.com",
        "PRIVATE, cn-north-1, false, https://api.ecr.cn-north-1.amazonaws.com.cn",
        "PRIVATE, us-east-1, true, https://ecr-fips.us-east-1.amazonaws.com",
        "PUBLIC, us-east-1, false, https://api.ecr-public.us-east-1.amazonaws.com"
    })
    void withoutAnOverride_theRegionsOwnEndpointIsAsked(
            EcrClient.Registry registry, String region, boolean fips, String endpoint) {
        var environment = Map.of("AWS_USE_FIPS_ENDPOINT", String.valueOf(fips));
        try (SdkHttpClient http = AwsClients.httpClient()) {
            assertThat(new EcrClient(http, Map.of(), environment).endpoint(registry, region))
                    .isEqualTo(URI.create(endpoint));
        }
    }

    private IssuedToken issue(String aws, TokenRequest request) throws SourceException {
        return fixture.sources.issue(Stores.secretStore("team-a", "token", aws), "team-a", request);
    }

    static Map<String, String> texts(IssuedToken token) {
        var texts = new java.util.TreeMap<String, String>();
        token.values().forEach((key, value) -> texts.put(key, value.utf8()));
        return texts;
    }
}
