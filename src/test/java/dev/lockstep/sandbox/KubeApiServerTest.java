package dev.lockstep.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReview;
import io.fabric8.kubernetes.api.model.authentication.SelfSubjectReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@RealApiServer
class KubeApiServerTest {

    private static final String OPERATOR = "system:serviceaccount:lockstep-system:lockstep";

    private final KubeApiServer server;
    private final KubernetesClient admin;
    private String namespace;

    KubeApiServerTest(KubeApiServer server, KubernetesClient admin) {
        this.server = server;
        this.admin = admin;
    }

    @BeforeEach
    void newNamespace() {
        var fresh = new NamespaceBuilder().withNewMetadata().withGenerateName("sandbox-");
        namespace = admin.resource(fresh.endMetadata().build()).create().getMetadata().getName();
    }

    @Test
    void theAdmin_mayDoEverythingOnTheVersionWeBuilt() {
        create(admin, "settings");

        assertThat(admin.configMaps().inNamespace(namespace).withName("settings").get())
                .isNotNull();
        assertThat(admin.getKubernetesVersion().getGitVersion())
                .isEqualTo("v" + KubeApiServer.VERSION);
    }

    @Test
    void aServiceAccount_isItselfAndMayOnlyDoWhatItIsBoundTo() {
        try (var operator = clientOf(server.configFor(OPERATOR))) {
            var user = whoIs(operator).getStatus().getUserInfo();
            assertThat(user.getUsername()).isEqualTo(OPERATOR);
            assertThat(user.getGroups()).contains("system:serviceaccounts:lockstep-system");
            assertThatThrownBy(() -> create(operator, "settings"))
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            e -> assertThat(e.getCode()).isEqualTo(403));
        }
    }

    @Test
    void anyOtherUser_isImpersonatedWithItsGroups() {
        try (var jane = clientOf(server.configFor("jane", "developers"))) {
            var user = whoIs(jane).getStatus().getUserInfo();
            assertThat(user.getUsername()).isEqualTo("jane");
            assertThat(user.getGroups()).contains("developers");
        }
    }

    @Test
    void aKubeconfig_meansTheSameUser() throws Exception {
        var file = server.kubeconfig(server.configFor(OPERATOR));

        try (var client = clientOf(Config.fromKubeconfig(Files.readString(file)))) {
            assertThat(whoIs(client).getStatus().getUserInfo().getUsername()).isEqualTo(OPERATOR);
        }
    }

    @Test
    void aKubeconfigOfAnImpersonatedUser_isRefused() {
        var jane = server.configFor("jane");

        assertThatThrownBy(() -> server.kubeconfig(jane))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void stopAndStart_keepsWhatWasStoredAndWhoMayAskForIt() {
        create(admin, "kept");
        var operator = server.configFor(OPERATOR);

        server.stop();
        assertThat(server.isRunning()).isFalse();
        server.start();

        assertThat(admin.configMaps().inNamespace(namespace).withName("kept").get()).isNotNull();
        try (var client = clientOf(operator)) {
            assertThat(whoIs(client).getStatus().getUserInfo().getUsername()).isEqualTo(OPERATOR);
        }
    }

    @Test
    void theControllerManager_removesWhatAGoneOwnerLeft() {
        var owner = create(admin, "owner");
        var owned = create(admin, "owned");
        owned.addOwnerReference(owner);
        admin.resource(owned).update();

        try (var manager = server.startControllerManager("garbage-collector-controller")) {
            admin.resource(owner).delete();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () ->
                                    assertThat(admin.resource(owned).get())
                                            .as(manager.logTail())
                                            .isNull());
        }
    }

    @Test
    void aControllerManagerThatCannotStart_saysWhy() {
        assertThatThrownBy(() -> server.startControllerManager("no-such-controller"))
                .hasMessageContaining("kube-controller-manager has ended")
                .hasMessageContaining("no-such-controller");
    }

    private ConfigMap create(KubernetesClient by, String name) {
        var metadata = new ConfigMapBuilder().withNewMetadata().withNamespace(namespace);
        return by.resource(metadata.withName(name).endMetadata().build()).create();
    }

    private static SelfSubjectReview whoIs(KubernetesClient client) {
        return client.resource(new SelfSubjectReviewBuilder().build()).create();
    }

    private static KubernetesClient clientOf(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
