package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealApiServer
class KubernetesServiceAccountsTest {
    private static final String ROLE = "eks.amazonaws.com/role-arn";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KubeApiServer server;
    private final KubernetesClient client;
    private final Queue<String> changes = new ConcurrentLinkedQueue<>();
    private TestNamespace namespace;
    private KubernetesServiceAccounts accounts;

    KubernetesServiceAccountsTest(KubeApiServer server, KubernetesClient client) {
        this.server = server;
        this.client = client;
    }

    @BeforeEach
    void newNamespace() {
        namespace = TestNamespace.create(client);
        accounts =
                new KubernetesServiceAccounts(
                        client, Set.of(), (in, name) -> changes.add(in + "/" + name));
    }

    @AfterEach
    void close() {
        accounts.close();
    }

    @Test
    void anAccount_isKnownByUidAndAnnotations() {
        var account = create(Map.of(ROLE, "arn:aws:iam::1:role/a"));

        accounts.start(PATIENCE);

        assertThat(accounts.find(namespace.name(), "reader").orElseThrow())
                .returns(account.getMetadata().getUid(), found -> found.uid())
                .returns(Map.of(ROLE, "arn:aws:iam::1:role/a"), found -> found.annotations());
        assertThat(accounts.find(namespace.name(), "nobody")).isEmpty();
    }

    @Test
    void anotherRole_isToldAndKnown() {
        create(Map.of(ROLE, "arn:aws:iam::1:role/a"));
        accounts.start(PATIENCE);
        await().until(() -> changes.contains(namespace.name() + "/reader"));
        changes.clear();

        client.serviceAccounts()
                .inNamespace(namespace.name())
                .withName("reader")
                .edit(
                        account -> {
                            account.getMetadata().setAnnotations(Map.of(ROLE, "b"));
                            return account;
                        });

        await().until(() -> changes.contains(namespace.name() + "/reader"));
        assertThat(accounts.find(namespace.name(), "reader").orElseThrow().annotations())
                .containsEntry(ROLE, "b");
    }

    @Test
    void boundToSomeNamespaces_onlyTheirsAreKnown() {
        create(Map.of());
        var other = TestNamespace.create(client);
        try (var scoped =
                new KubernetesServiceAccounts(
                        client, Set.of(other.name(), "default"), (in, name) -> {})) {
            scoped.start(PATIENCE);

            assertThat(scoped.find(namespace.name(), "reader")).isEmpty();
        }
    }

    @Test
    void aToken_isOfThatAccountAndAudience() throws Exception {
        create(Map.of());

        var token = accounts.token(namespace.name(), "reader", List.of("sts.amazonaws.com"));

        var claims =
                new String(
                        Base64.getUrlDecoder().decode(token.utf8().split("\\.")[1]),
                        StandardCharsets.UTF_8);
        assertThat(claims)
                .contains("\"system:serviceaccount:" + namespace.name() + ":reader\"")
                .contains("\"aud\":[\"sts.amazonaws.com\"]");
        assertThat(token.toString()).doesNotContain(token.utf8());
    }

    @Test
    void aTokenOfNobody_saysWhatToCreate() {
        assertThatThrownBy(() -> accounts.token(namespace.name(), "nobody", List.of("a")))
                .isInstanceOfSatisfying(
                        SourceException.class,
                        e ->
                                assertThat(e.failure())
                                        .isInstanceOf(SourceFailure.CredentialsMissing.class))
                .hasMessageContaining(
                        "ServiceAccount " + namespace.name() + "/nobody does not exist: create it");
    }

    @Test
    void aTokenThatTheOperatorMayNotAskFor_saysWhatToGrant() {
        create(Map.of());
        var user = "system:serviceaccount:" + namespace.name() + ":lockstep";
        try (var denied = new KubernetesClientBuilder().withConfig(server.configFor(user)).build();
                var unable = new KubernetesServiceAccounts(denied, Set.of(), (in, name) -> {})) {
            assertThatThrownBy(() -> unable.token(namespace.name(), "reader", List.of("a")))
                    .isInstanceOf(SourceException.class)
                    .hasMessageContaining(user)
                    .hasMessageContaining("grant create on serviceaccounts/token");
        }
    }

    private ServiceAccount create(Map<String, String> annotations) {
        var account =
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace.name())
                        .withName("reader")
                        .withAnnotations(annotations)
                        .endMetadata()
                        .build();
        return client.resource(account).create();
    }
}
