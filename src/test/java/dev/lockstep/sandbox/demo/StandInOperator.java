package dev.lockstep.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Says that every store is valid; and, if it works, copies what is in AWS to the Secret. */
final class StandInOperator implements AutoCloseable {

    private static final String API_VERSION = "external-secrets.io/v1";

    private final KubernetesClient client;
    private final StandInAws aws;

    StandInOperator(Config config, StandInAws aws) {
        client = new KubernetesClientBuilder().withConfig(config).build();
        this.aws = aws;
    }

    void validateStores() {
        client.genericKubernetesResources(API_VERSION, "SecretStore")
                .inNamespace("default")
                .watch(new Added<>(this::validate));
    }

    void copyValues() {
        aws.onChange(this::copy);
        client.genericKubernetesResources(API_VERSION, "ExternalSecret")
                .inNamespace("default")
                .watch(new Added<>(any -> copy()));
        client.secrets()
                .inNamespace("default")
                .withName("database")
                .watch(
                        new Watcher<Secret>() {
                            @Override
                            public void eventReceived(Action action, Secret secret) {
                                copy();
                            }

                            @Override
                            public void onClose(WatcherException cause) {}
                        });
    }

    private void validate(GenericKubernetesResource store) {
        var ready =
                Map.of("type", "Ready", "status", "True", "reason", "Valid", "message", "tested");
        store.setAdditionalProperty("status", Map.of("conditions", List.of(ready)));
        client.resource(store).updateStatus();
    }

    private synchronized void copy() {
        var stores = client.genericKubernetesResources(API_VERSION, "ExternalSecret");
        if (stores.inNamespace("default").withName("database").get() == null) {
            return;
        }
        var current = aws.values().get(aws.values().size() - 1);
        var desired =
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("database")
                        .withNamespace("default")
                        .endMetadata()
                        .addToData("username", base64(current.get("username")))
                        .addToData("password", base64(current.get("password")))
                        .build();
        var actual = client.secrets().inNamespace("default").withName("database").get();
        if (actual == null) {
            client.resource(desired).create();
        } else if (!actual.getData().equals(desired.getData())) {
            client.resource(desired).update();
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private static String base64(JsonNode text) {
        return Base64.getEncoder().encodeToString(text.asText().getBytes(StandardCharsets.UTF_8));
    }

    private record Added<T>(java.util.function.Consumer<T> action) implements Watcher<T> {
        @Override
        public void eventReceived(Action event, T resource) {
            if (event == Action.ADDED) {
                action.accept(resource);
            }
        }

        @Override
        public void onClose(WatcherException cause) {}
    }
}
