package dev.lockstep.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Schemas for kubeconform of every kind that an API server has, made of what it says of itself:
 * they need no network, and are of its version.
 */
final class KubernetesSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String META = "io.k8s.apimachinery.pkg.";

    private final Path folder;
    private final ObjectNode definitions;

    private KubernetesSchemas(Path folder, ObjectNode definitions) {
        this.folder = folder;
        this.definitions = definitions;
    }

    /** Writes them, and returns kubeconform's {@code -schema-location} for them. */
    static String write(KubernetesClient client, Path folder) {
        try {
            var document = JSON.readTree(client.raw("/openapi/v2"));
            var schemas =
                    new KubernetesSchemas(folder, (ObjectNode) document.required("definitions"));
            schemas.write();
            return folder + "/{{ .Group }}_{{ .ResourceAPIVersion }}_{{ .ResourceKind }}.json";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write schemas to " + folder, e);
        }
    }

    private void write() throws IOException {
        // OpenAPI 2 has no word for these two, and calls them strings.
        definitions.putObject(META + "util.intstr.IntOrString").putArray("type").add("integer");
        definitions.putObject(META + "api.resource.Quantity").putArray("type").add("number");
        for (var scalar : new String[] {"util.intstr.IntOrString", "api.resource.Quantity"}) {
            definitions.withArray("/" + META + scalar + "/type").add("string");
        }
        definitions.forEach(KubernetesSchemas::close);
        for (var definition : definitions.properties()) {
            for (var kind : definition.getValue().path("x-kubernetes-group-version-kind")) {
                write(definition.getKey(), kind);
            }
        }
    }

    /** What is not a field is a mistake, where a type has fields at all. */
    private static void close(JsonNode definition) {
        if (definition.has("properties") && !definition.has("additionalProperties")) {
            ((ObjectNode) definition).put("additionalProperties", false);
        }
    }

    private void write(String definition, JsonNode kind) throws IOException {
        var version = kind.path("version").asText();
        var group = kind.path("group").asText();
        var name =
                "%s_%s_%s.json"
                        .formatted(
                                group.isEmpty() ? version : group,
                                version,
                                kind.path("kind").asText().toLowerCase(Locale.ROOT));
        var schema = JSON.createObjectNode().put("$ref", "#/definitions/" + definition);
        collect(schema, schema.putObject("definitions"));
        Files.writeString(folder.resolve(name), schema.toString());
    }

    /** A schema must hold all that it refers to. */
    private void collect(JsonNode node, ObjectNode needed) {
        if (node.path("$ref").isTextual()) {
            var name = node.path("$ref").asText().replace("#/definitions/", "");
            if (!needed.has(name)) {
                var definition = definitions.required(name);
                needed.set(name, definition);
                collect(definition, needed);
            }
        }
        for (var child : node) {
            if (child != needed) {
                collect(child, needed);
            }
        }
    }
}
