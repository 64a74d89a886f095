package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lockstep.aws.ScriptedAws.Answer;
import dev.lockstep.aws.ScriptedAws.Request;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How credentials are made of what a store refers to, and made again. */
class CredentialChainsTest {
    private static final String READER = "arn:aws:iam::1:role/reader";
    private static final RemoteKey KEY = new RemoteKey("app/db");
    private static final String WEB_IDENTITY = "AssumeRoleWithWebIdentity";
    private static final Duration SOON = Duration.ofSeconds(30);

    private final ScriptedAws aws = ScriptedAws.start();
    private final AwsFixture fixture = new AwsFixture(aws.url(), Map.of()).withKeys();

    CredentialChainsTest() {
        aws.on(
                "GetSecretValue",
                Answer.json(
                        200,
                        """
                        {"ARN":"a-AbCdEf","Name":"app/db","VersionId":"v","SecretString":"x"}"""));
        aws.on(WEB_IDENTITY, Answer.session(WEB_IDENTITY, "ASIAWEB", AwsFixture.LONG));
        aws.on("AssumeRole", Answer.session("AssumeRole", "ASIAROLE", AwsFixture.LONG));
        fixture.cluster.withIrsaAccount("team-a", "app", READER);
    }

    @AfterEach
    void stop() {
        fixture.close();
        aws.close();
    }

    @Test
    void jwt_changesTheAccountsTokenForTheRolesCredentials() throws SourceException {
        read(open("team-a", "aws", AwsFixture.JWT));

        assertThat(fixture.cluster.tokenRequests).containsExactly("team-a/app [sts.amazonaws.com]");
        assertThat(aws.requests(WEB_IDENTITY))
                .singleElement()
                .satisfies(request -> assertThat(request.accessKey()).isEmpty())
                .extracting(Request::body)
                .asString()
                .contains("RoleArn=" + READER)
                .contains("RoleSessionName=kubernetes.team-a.aws")
                .contains("WebIdentityToken=canary-token-1");
        assertThat(readers()).containsExactly("ASIAWEB");
    }

    @Test
    void secretRef_signsWithTheSecretsKeys_sessionTokenIncluded() throws SourceException {
        fixture.cluster.withSecret(
                "team-a", "keys", Map.of("id", "AKIA2\n", "secret", "s", "token", "t"));

        read(
                open(
                        "team-a",
                        "aws",
                        AwsFixture.KEYS + "\n    sessionTokenSecretRef: {name: keys, key: token}"));

        assertThat(readers()).containsExactly("AKIA2");
    }

    @Test
    void missingKey_isNamed() {
        fixture.cluster.withSecret("team-a", "keys", Map.of("id", "AKIA"));

        assertThat(openFails("team-a", "aws", AwsFixture.KEYS))
                .hasMessage(
                        "CredentialsMissing: Secret team-a/keys has no key secret, or it is empty: add it, or correct auth.secretRef of the store");
        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void chainOfRoles_isAssumedEachWithTheOneBefore() throws SourceException {
        aws.on(
                "AssumeRole",
                Answer.session("AssumeRole", "ASIAHUB", AwsFixture.LONG),
                Answer.session("AssumeRole", "ASIALAST", AwsFixture.LONG));

        read(
                open(
                        "team-a",
                        "aws",
                        AwsFixture.KEYS
                                + """

                                additionalRoles: ["arn:aws:iam::1:role/hub"]
                                role: arn:aws:iam::2:role/last
                                externalID: e-1
                                sessionTags: [{key: team, value: a}]
                                transitiveTagKeys: [team]"""));

        assertThat(aws.requests("AssumeRole"))
                .satisfiesExactly(
                        hub -> {
                            assertThat(hub.accessKey()).isEqualTo("AKIAKEYS");
                            assertThat(hub.body())
                                    .contains("RoleArn=arn:aws:iam::1:role/hub")
                                    .doesNotContain("ExternalId", "Tags");
                        },
                        last -> {
                            assertThat(last.accessKey()).isEqualTo("ASIAHUB");
                            assertThat(last.body())
                                    .contains("RoleArn=arn:aws:iam::2:role/last")
                                    .contains("RoleSessionName=kubernetes.team-a.aws")
                                    .contains("ExternalId=e-1")
                                    .contains("Tags.member.1.Key=team&Tags.member.1.Value=a")
                                    .contains("TransitiveTagKeys.member.1=team");
                        });
        assertThat(readers()).containsExactly("ASIALAST");
    }

    @Test
    void manyReadsAndOpens_assumeTheRoleOnce() throws SourceException {
        for (var i = 0; i < 20; i++) {
            read(open("team-a", "aws", AwsFixture.KEYS + "\nrole: " + READER));
        }

        assertThat(aws.requests("AssumeRole")).hasSize(1);
        assertThat(fixture.observed.calls)
                .filteredOn(call -> !call.startsWith("SecretsManager"))
                .containsExactly("STS AssumeRole Success");
    }

    @Test
    void sessionNearItsEnd_isRenewedWithAFreshToken() throws SourceException {
        aws.on(
                WEB_IDENTITY,
                Answer.session(WEB_IDENTITY, "ASIAOLD", SOON),
                Answer.session(WEB_IDENTITY, "ASIANEW", AwsFixture.LONG));
        var source = open("team-a", "aws", AwsFixture.JWT);

        read(source);
        read(source);

        assertThat(readers()).containsExactly("ASIANEW", "ASIANEW");
        assertThat(fixture.cluster.tokenRequests).hasSize(2);
    }

    @Test
    void renewalDenied_failsTheCallThatNeedsIt() throws SourceException {
        aws.on(
                WEB_IDENTITY,
                Answer.session(WEB_IDENTITY, "ASIAOLD", SOON),
                Answer.stsError(403, "AccessDenied", "Not authorized"));
        var source = open("team-a", "aws", AwsFixture.JWT);

        assertThat(readFailsAtLast(source).failure())
                .isEqualTo(
                        new SourceFailure.AssumeRoleDenied(
                                READER,
                                "sts:AssumeRoleWithWebIdentity",
                                "ServiceAccount team-a/app"));
    }

    @Test
    void accountMadeAgain_givesTheOldIdentityNoToken() throws SourceException {
        aws.on(WEB_IDENTITY, Answer.session(WEB_IDENTITY, "ASIAOLD", SOON));
        var source = open("team-a", "aws", AwsFixture.JWT);

        fixture.cluster.withIrsaAccount("team-a", "app", READER);

        assertThat(readFailsAtLast(source))
                .hasMessageContaining("ServiceAccount team-a/app does not exist any more");
        assertThat(fixture.cluster.tokenRequests).hasSize(1);
    }

    @Test
    void refusedTokenRequest_isTheFailureThatTheClusterTold() {
        var refused = new SourceFailure.CredentialsMissing("the operator may not create tokens");
        fixture.cluster.tokenFailure = Optional.of(refused);

        assertThat(openFails("team-a", "aws", AwsFixture.JWT).failure()).isEqualTo(refused);
        assertThat(fixture.observed.calls).isEmpty();
    }

    @Test
    void maxRetries_areAttempts() throws SourceException {
        aws.on("GetSecretValue", Answer.json(500, "{}"));
        var settings = "retrySettings: {maxRetries: 5, retryInterval: 1ms}";
        var source =
                fixture.sources.open(
                        Stores.secretStore("team-a", "aws", settings, AwsFixture.KEYS), "team-a");

        catchThrowableOfType(SourceException.class, () -> read(source));

        assertThat(aws.requests("GetSecretValue")).hasSize(5);
    }

    private SecretSource open(String namespace, String name, String yaml) throws SourceException {
        return fixture.sources.open(Stores.secretStore(namespace, name, yaml), namespace);
    }

    private SourceException openFails(String namespace, String name, String yaml) {
        return catchThrowableOfType(SourceException.class, () -> open(namespace, name, yaml));
    }

    /** The SDK goes on with a session that it could not renew for about a second. */
    private static SourceException readFailsAtLast(SecretSource source) {
        return await().until(
                        () -> catchThrowableOfType(SourceException.class, () -> read(source)),
                        Objects::nonNull);
    }

    private static void read(SecretSource source) throws SourceException {
        source.read(KEY, RequestedVersion.CURRENT);
    }

    /** The access keys that values were read with. */
    private List<String> readers() {
        return aws.requests("GetSecretValue").stream().map(Request::accessKey).toList();
    }
}
