package dev.lockstep.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The embedded API as a Fabric8 client sees it, which is how the operator does. */
class EmbeddedClientTest {

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final KubernetesClient client = kubernetes.client();

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void serverSideApply_createsAndThenChanges() {
        client.resource(map("one", Map.of("a", "1"))).serverSideApply();

        var applied = client.resource(map("one", Map.of("b", "2"))).serverSideApply();

        assertThat(applied.getData()).isEqualTo(Map.of("b", "2"));
    }

    @Test
    void aWatchOnOneName_seesThatObjectOnly() {
        client.resource(map("one", Map.of())).create();
        Queue<String> seen = new ConcurrentLinkedQueue<>();

        client.configMaps().inNamespace("default").withName("one").watch(into(seen));
        client.resource(map("two", Map.of())).create();
        client.resource(map("one", Map.of("a", "1"))).serverSideApply();
        client.configMaps().inNamespace("default").withName("two").delete();
        client.configMaps().inNamespace("default").withName("one").delete();

        await().until(() -> seen.contains("DELETED one"));
        assertThat(seen).containsExactly("ADDED one", "MODIFIED one", "DELETED one");
    }

    @Test
    void anInformerOnOneName_followsThatObjectOnly() {
        client.resource(map("one", Map.of("a", "1"))).create();
        client.resource(map("two", Map.of())).create();

        try (var informer = client.configMaps().inNamespace("default").withName("one").inform()) {
            client.resource(map("one", Map.of("a", "2"))).serverSideApply();

            await().untilAsserted(
                            () ->
                                    assertThat(informer.getStore().list())
                                            .extracting(ConfigMap::getData)
                                            .containsExactly(Map.of("a", "2")));
        }
    }

    @Test
    void aWatchOnALabel_losesAnObjectWithItsLabel() {
        client.resource(map("one", Map.of())).create();
        Queue<String> seen = new ConcurrentLinkedQueue<>();

        client.configMaps()
                .inNamespace("default")
                .withLabel("example.org/managed", "true")
                .watch(into(seen));
        label("true");
        label("false");

        await().until(() -> seen.size() == 2);
        assertThat(seen).containsExactly("ADDED one", "DELETED one");
    }

    @Test
    void aListByName_hasThatObjectOnly() {
        client.resource(map("one", Map.of())).create();
        client.resource(map("two", Map.of())).create();

        var list = client.configMaps().inNamespace("default").withField("metadata.name", "one");

        assertThat(list.list().getItems())
                .extracting(item -> item.getMetadata().getName())
                .containsExactly("one");
    }

    @Test
    void aTokenRequest_isAnswered() {
        var account =
                new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName("reader")
                        .withNamespace("default")
                        .endMetadata()
                        .build();
        client.resource(account).create();
        var request = new TokenRequestBuilder().withNewSpec().endSpec().build();

        var token =
                client.serviceAccounts()
                        .inNamespace("default")
                        .withName("reader")
                        .tokenRequest(request);

        assertThat(token.getStatus().getToken().split("\\.")).hasSize(3);
    }

    @Test
    void aDeleteWithAStaleVersion_isAConflict() {
        var old = client.resource(map("one", Map.of())).create();
        client.resource(map("one", Map.of("a", "1"))).serverSideApply();

        assertThatThrownBy(() -> client.resource(old).lockResourceVersion().delete())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
    }

    @Test
    void eventsWithAGeneratedName_getNamesOfTheirOwn() {
        var generated = map(null, Map.of());
        generated.getMetadata().setGenerateName("event-");

        var first = client.resource(generated).create().getMetadata().getName();
        var second = client.resource(generated).create().getMetadata().getName();

        assertThat(first).matches("event-[0-9a-f]{5}").isNotEqualTo(second);
    }

    @Test
    void theVersion_isOneThatLockstepSupports() {
        assertThat(client.getKubernetesVersion().getMinor()).isEqualTo("30");
    }

    private void label(String managed) {
        client.configMaps()
                .inNamespace("default")
                .withName("one")
                .edit(
                        map ->
                                new ConfigMapBuilder(map)
                                        .editMetadata()
                                        .addToLabels("example.org/managed", managed)
                                        .endMetadata()
                                        .build());
    }

    private static ConfigMap map(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(data)
                .build();
    }

    private static Watcher<ConfigMap> into(Queue<String> seen) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                seen.add(action + " " + map.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                seen.add("CLOSED " + cause);
            }
        };
    }
}
