package dev.lockstep.sandbox.demo;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The YAML of a folder, applied as a newcomer would. */
final class Samples {

    static final String NAMESPACE = "default";

    private final List<String> documents = new ArrayList<>();
    private final List<GenericKubernetesResource> resources = new ArrayList<>();

    private Samples() {}

    static Samples read(Path folder) {
        var samples = new Samples();
        try (var files = Files.list(folder)) {
            for (var file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
                for (var document : Files.readString(file).split("(?m)^---.*$")) {
                    samples.add(document);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the samples in " + folder, e);
        }
        return samples;
    }

    private void add(String document) {
        var resource = Serialization.unmarshal(document, GenericKubernetesResource.class);
        if (resource != null) {
            documents.add(document);
            resources.add(resource);
        }
    }

    void apply(KubernetesClient client) {
        for (var document : documents) {
            var content = new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
            client.load(content).serverSideApply();
        }
    }

    /** Kind and name of each. */
    String names() {
        var names = resources.stream().map(r -> r.getKind() + "/" + r.getMetadata().getName());
        return String.join(", ", names.toList());
    }

    String region() {
        return store().get("spec", "provider", "aws", "region");
    }

    /** The Secret that the store takes its credentials from. */
    Secret credentials(String accessKeyId, String secretAccessKey) {
        Map<String, Map<String, String>> keys =
                store().get("spec", "provider", "aws", "auth", "secretRef");
        var id = keys.get("accessKeyIDSecretRef");
        var key = keys.get("secretAccessKeySecretRef");
        return new SecretBuilder()
                .withNewMetadata()
                .withName(id.get("name"))
                .withNamespace(NAMESPACE)
                .endMetadata()
                .addToStringData(id.get("key"), accessKeyId)
                .addToStringData(key.get("key"), secretAccessKey)
                .build();
    }

    private GenericKubernetesResource store() {
        return resources.stream()
                .filter(r -> r.getKind().equals("SecretStore"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no sample has a SecretStore"));
    }
}
