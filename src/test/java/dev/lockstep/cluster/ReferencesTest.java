package dev.lockstep.cluster;

import static dev.lockstep.cluster.TestNamespace.aSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.source.Identity;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Watches on single Secrets and ConfigMaps, semantics 28. */
@RealApiServer
class ReferencesTest {
    private static final String CANARY = "canary-d7a2";

    private final KubeApiServer server;
    private final KubernetesClient client;
    private final Queue<Reference> changes = new ConcurrentLinkedQueue<>();
    private final References references;
    private TestNamespace namespace;
    private Reference credentials;

    ReferencesTest(KubeApiServer server, KubernetesClient client) {
        this.server = server;
        this.client = client;
        this.references = new References(client, changes::add);
    }

    @BeforeEach
    void newNamespace() {
        namespace = TestNamespace.create(client);
        credentials = Reference.toSecret(namespace.name(), "credentials");
    }

    @AfterEach
    void close() {
        references.close();
    }

    @Test
    void whatNobodyHolds_isReadLive() throws Exception {
        assertThat(references.state(credentials)).isEmpty();

        var secret = namespace.create(aSecret("credentials", Map.of("id", "1")));

        assertThat(references.state(credentials))
                .map(ReferenceState::version)
                .contains(version(secret));
        assertThat(references.watched()).isEmpty();
    }

    @Test
    void whatIsHeld_isKnownWithItsChanges() throws Exception {
        var before = namespace.create(aSecret("credentials", Map.of("id", "1")));
        references.hold("store", Set.of(credentials));
        assertThat(references.state(credentials).map(ReferenceState::version))
                .contains(version(before));

        namespace.edit("credentials", "id", "2");
        awaitChange(credentials);
        var after = namespace.secret("credentials");
        assertThat(references.state(credentials).map(ReferenceState::version))
                .contains(version(after));

        client.resource(after).delete();
        awaitChange(credentials);
        assertThat(references.state(credentials)).isEmpty();

        namespace.create(aSecret("credentials", Map.of("id", "3")));
        awaitChange(credentials);
        assertThat(references.state(credentials)).isPresent();
    }

    @Test
    void whatDoesNotExistYet_isToldWhenItComes() throws Exception {
        references.hold("store", Set.of(credentials));
        assertThat(references.state(credentials)).isEmpty();

        namespace.create(aSecret("credentials", Map.of()));

        awaitChange(credentials);
    }

    @Test
    void aChangeOfMetadata_leavesTheHash() throws Exception {
        namespace.create(aSecret("credentials", Map.of("id", "1")));
        references.hold("store", Set.of(credentials));
        var before = references.state(credentials).orElseThrow();

        client.resource(namespace.secret("credentials"))
                .edit(
                        secret -> {
                            secret.getMetadata().setLabels(Map.of("a", "b"));
                            return secret;
                        });
        awaitChange(credentials);

        var after = references.state(credentials).orElseThrow();
        assertThat(after.dataHash()).isEqualTo(before.dataHash());
        assertThat(after.version()).isNotEqualTo(before.version());
    }

    @Test
    void aConfigMap_isWatchedAlike() throws Exception {
        var template = Reference.toConfigMap(namespace.name(), "template");
        references.hold("es", Set.of(template));
        assertThat(references.state(template)).isEmpty();

        var map =
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace.name())
                        .withName("template")
                        .endMetadata()
                        .addToData("t", "x")
                        .build();
        client.resource(map).create();

        awaitChange(template);
        assertThat(references.read(template).orElseThrow().data().get("t").utf8()).isEqualTo("x");
    }

    @Test
    void aWatch_livesFromItsFirstHolderToItsLast() {
        references.hold("one", Set.of(credentials));
        references.hold("two", Set.of(credentials));
        references.hold("one", Set.of());
        assertThat(references.watched()).containsExactly(credentials);

        var other = Reference.toSecret(namespace.name(), "other");
        references.hold("two", Set.of(other));
        assertThat(references.watched()).containsExactly(other);

        references.hold("two", Set.of());
        assertThat(references.watched()).isEmpty();
    }

    @Test
    void withoutTheRight_itNamesWhoMayNotReadWhat() {
        var user = "system:serviceaccount:" + namespace.name() + ":lockstep";
        try (var denied = clientOf(server.configFor(user))) {
            var unable = new References(denied, changes::add);

            assertThatThrownBy(() -> unable.state(credentials))
                    .isInstanceOfSatisfying(
                            SourceException.class,
                            e ->
                                    assertThat(e.failure())
                                            .isEqualTo(
                                                    new SourceFailure.AccessDenied(
                                                            user,
                                                            "get",
                                                            "Kubernetes " + credentials)));
        }
    }

    @Test
    void whenNobodyAnswers_itPasses() {
        var nowhere =
                new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:1")
                        .withRequestRetryBackoffLimit(0)
                        .build();
        try (var lost = clientOf(nowhere)) {
            var unable = new References(lost, changes::add);

            assertThatThrownBy(() -> unable.state(credentials))
                    .isInstanceOfSatisfying(
                            SourceException.class, e -> assertThat(e.failure().passing()).isTrue());
        }
    }

    @Test
    void credentials_areReadWithoutBeingShown() throws Exception {
        namespace.create(aSecret("credentials", Map.of("key", CANARY)));
        var secrets = new KubernetesCredentialSecrets(references);

        var values = secrets.read(namespace.name(), "credentials").orElseThrow();

        assertThat(values.get("key").utf8()).isEqualTo(CANARY);
        assertThat(references.read(credentials).toString()).doesNotContain(CANARY);
        assertThat(references.state(credentials).toString()).doesNotContain(CANARY);
        assertThat(secrets.version(namespace.name(), "absent")).isEqualTo(Optional.empty());
    }

    @Test
    void aRestartOfTheApiServer_losesNoChange() throws Exception {
        namespace.create(aSecret("credentials", Map.of("id", "1")));
        references.hold("store", Set.of(credentials));
        references.state(credentials);
        namespace.edit("credentials", "id", "2");
        awaitChange(credentials);

        server.stop();
        assertThat(references.state(credentials)).as("known without a request").isPresent();
        server.start();
        namespace.edit("credentials", "id", "3");

        awaitChange(credentials);
        assertThat(references.state(credentials).map(ReferenceState::version))
                .contains(version(namespace.secret("credentials")));
    }

    private void awaitChange(Reference reference) {
        await().atMost(Duration.ofSeconds(60)).until(() -> reference.equals(changes.poll()));
    }

    private static Identity.ObjectVersion version(HasMetadata object) {
        return new Identity.ObjectVersion(
                object.getMetadata().getUid(), object.getMetadata().getResourceVersion());
    }

    private static KubernetesClient clientOf(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
