package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.api.AwsService;
import dev.lockstep.api.Store;
import dev.lockstep.source.Identity;
import dev.lockstep.source.Identity.Credentials;
import dev.lockstep.source.SourceException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a store's credentials come from, and what makes that another identity. */
class ClaimsTest {
    private static final Map<AwsEndpoint, URI> ENDPOINTS =
            Map.of(
                    AwsEndpoint.SECRETS_MANAGER,
                    URI.create("https://sm"),
                    AwsEndpoint.SSM,
                    URI.create("https://ssm"));

    private static final String ROLE = "arn:aws:iam::111111111111:role/reader";
    private static final String JWT = "auth: {jwt: {serviceAccountRef: {name: app}}}";
    private static final String KEYS =
            """
            auth:
              secretRef:
                accessKeyIDSecretRef: {name: keys, key: id}
                secretAccessKeySecretRef: {name: keys, key: secret}""";

    private final FakeCluster cluster =
            new FakeCluster()
                    .withIrsaAccount("team-a", "app", ROLE)
                    .withSecret("team-a", "keys", Map.of("id", "AKIA", "secret", "s"));

    @Test
    void jwt_isTheAccountWithUidAudienceRoleAndSession() {
        var identity = identity(Stores.secretStore("team-a", "aws", JWT), "team-a");

        assertThat(identity.credentials())
                .isEqualTo(
                        new Credentials.ServiceAccountToken(
                                "team-a",
                                "app",
                                "uid-1",
                                List.of("sts.amazonaws.com"),
                                ROLE,
                                "kubernetes.team-a.aws"));
    }

    @Test
    void audienceAnnotation_replacesTheDefault_andConfiguredOnesAreAdded() {
        cluster.withAccount(
                "team-a",
                "app",
                Map.of(
                        "eks.amazonaws.com/role-arn",
                        ROLE,
                        "eks.amazonaws.com/audience",
                        "sts.amazonaws.com.cn"));
        var store =
                Stores.secretStore(
                        "team-a",
                        "aws",
                        "auth: {jwt: {serviceAccountRef: {name: app, audiences: [mine]}}}");

        assertThat(((Credentials.ServiceAccountToken) identity(store, "team-a").credentials()))
                .extracting(Credentials.ServiceAccountToken::audiences)
                .isEqualTo(List.of("sts.amazonaws.com.cn", "mine"));
    }

    @Test
    void jwtAndSecretRef_jwtCounts() {
        var both =
                """
                auth:
                  jwt: {serviceAccountRef: {name: app}}
                  secretRef:
                    accessKeyIDSecretRef: {name: absent, key: id}
                    secretAccessKeySecretRef: {name: absent, key: secret}""";

        assertThat(identity(Stores.secretStore("team-a", "aws", both), "team-a").credentials())
                .isInstanceOf(Credentials.ServiceAccountToken.class);
    }

    @Test
    void noAuth_isTheOperator() {
        assertThat(identity(Stores.secretStore("team-a", "aws", "prefix: x/"), "team-a"))
                .isEqualTo(
                        new Identity(
                                new Credentials.Operator(),
                                List.of(),
                                AwsService.SecretsManager,
                                "eu-west-1",
                                "https://sm"));
    }

    @Test
    void parametersOfTheSameCredentials_areAskedOfAnotherEndpoint_asAnotherIdentity() {
        var store = Stores.parameterStore("team-a", "aws", "prefix: x/");

        assertThat(identity(store, "team-a"))
                .isEqualTo(
                        new Identity(
                                new Credentials.Operator(),
                                List.of(),
                                AwsService.ParameterStore,
                                "eu-west-1",
                                "https://ssm"));
    }

    @Test
    void credentialSecretWithNewContent_isAnotherIdentity() {
        var store = Stores.secretStore("team-a", "aws", KEYS);
        var before = identity(store, "team-a");

        cluster.withSecret("team-a", "keys", Map.of("id", "AKIA2", "secret", "s2"));

        assertThat(identity(store, "team-a")).isNotEqualTo(before);
    }

    @Test
    void otherKeysOfTheSameSecret_areAnotherIdentity() {
        var others =
                """
                auth:
                  secretRef:
                    accessKeyIDSecretRef: {name: keys, key: other-id}
                    secretAccessKeySecretRef: {name: keys, key: other-secret}""";

        assertThat(identity(Stores.secretStore("team-a", "one", KEYS), "team-a"))
                .isNotEqualTo(identity(Stores.secretStore("team-a", "two", others), "team-a"));
    }

    @Test
    void storesWithoutRole_shareAnIdentity_andWithOneTheyDoNot() {
        var withRole = KEYS + "\nrole: " + ROLE;

        assertThat(identity(Stores.secretStore("team-a", "one", KEYS), "team-a"))
                .isEqualTo(identity(Stores.secretStore("team-a", "two", KEYS), "team-a"));
        assertThat(identity(Stores.secretStore("team-a", "one", withRole), "team-a"))
                .isNotEqualTo(identity(Stores.secretStore("team-a", "two", withRole), "team-a"));
    }

    @Test
    void accountMadeAgain_isAnotherIdentity() {
        var store = Stores.secretStore("team-a", "aws", JWT);
        var before = identity(store, "team-a");

        cluster.withIrsaAccount("team-a", "app", ROLE);

        assertThat(identity(store, "team-a")).isNotEqualTo(before);
    }

    @Test
    void foreignNamespaceInASecretStore_neverLeavesItsOwn() {
        cluster.withIrsaAccount("team-b", "theirs", ROLE);
        var store =
                Stores.secretStore(
                        "team-a",
                        "aws",
                        "auth: {jwt: {serviceAccountRef: {name: theirs, namespace: team-b}}}");

        assertThatThrownBy(() -> claim(store, "team-a"))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("ServiceAccount team-a/theirs does not exist");
    }

    static Stream<Arguments> missing() {
        return Stream.of(
                argumentSet(
                        "ServiceAccount",
                        "auth: {jwt: {serviceAccountRef: {name: absent}}}",
                        "CredentialsMissing: ServiceAccount team-a/absent does not exist: create it, or correct auth.jwt.serviceAccountRef of the store"),
                argumentSet(
                        "role annotation",
                        "auth: {jwt: {serviceAccountRef: {name: bare}}}",
                        "CredentialsMissing: ServiceAccount team-a/bare names no role: annotate it with eks.amazonaws.com/role-arn=<ARN of an IAM role>"),
                argumentSet(
                        "Secret",
                        KEYS.replace("keys", "absent"),
                        "CredentialsMissing: Secret team-a/absent does not exist: create it with key id, or correct auth.secretRef of the store"));
    }

    @ParameterizedTest
    @MethodSource("missing")
    void missingObject_isNamedWithWhatToDo(String aws, String message) {
        cluster.withAccount("team-a", "bare", Map.of());

        assertThatThrownBy(() -> claim(Stores.secretStore("team-a", "aws", aws), "team-a"))
                .isInstanceOf(SourceException.class)
                .hasMessage(message);
    }

    private Identity identity(Store store, String namespace) {
        try {
            return claim(store, namespace).identity();
        } catch (SourceException e) {
            throw new AssertionError(e);
        }
    }

    private Claim claim(Store store, String namespace) throws SourceException {
        var aws = Objects.requireNonNull(store.spec().provider().aws());
        return new Claims("kubernetes", cluster, cluster, ENDPOINTS).of(store, aws, namespace);
    }
}
