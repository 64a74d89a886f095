package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.api.Store;
import dev.lockstep.source.Identity;
import dev.lockstep.source.SourceException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The roles of a store: session names, external id and session tags. */
class AssumedRolesTest {
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

    private Identity identity(Store store, String namespace) {
        try {
            return claim(store, namespace).identity();
        } catch (SourceException e) {
            throw new AssertionError(e);
        }
    }

    private Claim claim(Store store, String namespace) throws SourceException {
        var aws = Objects.requireNonNull(store.spec().provider().aws());
        return new Claims("kubernetes", cluster, cluster, Map.of()).of(store, aws, namespace);
    }
}
