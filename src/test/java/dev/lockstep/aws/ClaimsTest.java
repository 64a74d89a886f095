package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.api.Store;
import dev.lockstep.source.Identity;
import dev.lockstep.source.Identity.Credentials;
import dev.lockstep.source.SourceException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who a store claims to be: semantics of identity, session names and tags. */
class ClaimsTest {
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
                                new Credentials.Operator(), List.of(), "eu-west-1", "https://sm"));
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

    static Stream<Arguments> sessionNames() {
        var role = "\nrole: " + ROLE;
        return Stream.of(
                argumentSet(
                        "SecretStore",
                        Stores.secretStore("team-a", "aws", JWT + role),
                        "kubernetes.team-a.aws"),
                argumentSet(
                        "ClusterSecretStore with the operator's credentials",
                        Stores.clusterSecretStore("shared", "role: " + ROLE),
                        "kubernetes.shared"),
                argumentSet(
                        "ClusterSecretStore naming the account's namespace",
                        Stores.clusterSecretStore(
                                "shared",
                                "auth: {jwt: {serviceAccountRef: {name: app, namespace: team-a}}}"
                                        + role),
                        "kubernetes.shared"),
                argumentSet(
                        "ClusterSecretStore with an account of whoever uses it",
                        Stores.clusterSecretStore("shared", JWT + role),
                        "kubernetes.team-a.shared"),
                argumentSet(
                        "ClusterSecretStore with keys of whoever uses it",
                        Stores.clusterSecretStore("shared", KEYS + role),
                        "kubernetes.team-a.shared"));
    }

    @ParameterizedTest
    @MethodSource("sessionNames")
    void sessionName_tellsClusterAndStore(Store store, String name) {
        assertThat(identity(store, "team-a").roles())
                .extracting(Identity.AssumedRole::sessionName)
                .containsExactly(name);
    }

    @Test
    void externalIdAndTags_areTheLastRolesAlone() {
        var store =
                Stores.secretStore(
                        "team-a",
                        "aws",
                        """
                        role: arn:aws:iam::2:role/last
                        additionalRoles: ["arn:aws:iam::1:role/hub"]
                        externalID: e-1
                        sessionTags: [{key: team, value: a}]
                        transitiveTagKeys: [team]""");

        assertThat(identity(store, "team-a").roles())
                .containsExactly(
                        new Identity.AssumedRole(
                                "arn:aws:iam::1:role/hub",
                                "kubernetes.team-a.aws",
                                "",
                                Map.of(),
                                List.of()),
                        new Identity.AssumedRole(
                                "arn:aws:iam::2:role/last",
                                "kubernetes.team-a.aws",
                                "e-1",
                                Map.of("team", "a"),
                                List.of("team")));
    }

    static Stream<Arguments> tags() {
        var own = "sessionTags: [{key: esoNamespace, value: forged}]\n";
        var custom = "customSessionTags: {cost: c1, '': x, empty: ''}\n";
        var simple =
                Map.of(
                        "esoNamespace", "team-a",
                        "esoStoreName", "shared",
                        "esoStoreKind", "ClusterSecretStore");
        return Stream.of(
                argumentSet("none given", "", Map.of()),
                argumentSet("None", own, Map.of("esoNamespace", "forged")),
                argumentSet("Simple", own + custom + "sessionTagsPolicy: Simple", simple),
                argumentSet(
                        "Custom",
                        own + custom + "sessionTagsPolicy: Custom",
                        Map.of(
                                "esoNamespace", "team-a",
                                "esoStoreName", "shared",
                                "esoStoreKind", "ClusterSecretStore",
                                "cost", "c1")));
    }

    @ParameterizedTest
    @MethodSource("tags")
    void sessionTags_areThoseOfThePolicy(String aws, Map<String, String> expected) {
        var store = Stores.clusterSecretStore("shared", "role: " + ROLE + "\n" + aws);

        assertThat(identity(store, "team-a").roles().get(0).sessionTags()).isEqualTo(expected);
    }

    @Test
    void transitiveKeysWithoutTags_areLeftOut() {
        var store =
                Stores.secretStore(
                        "team-a", "aws", "role: " + ROLE + "\ntransitiveTagKeys: [team]");

        assertThat(identity(store, "team-a").roles().get(0).transitiveTagKeys()).isEmpty();
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
        return new Claims("kubernetes", cluster, cluster, "https://sm").of(store, aws, namespace);
    }
}
