package dev.lockstep.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lockstep.api.ApiGroup;
import dev.lockstep.api.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the fields that Lockstep adds are served by the CRDs installed (semantics 22): with
 * External Secrets Operator's own, none is, and what is not served must not be written. Looked up
 * once at start.
 *
 * @param sources {@code status.sources} of ExternalSecret, and {@code sourcesOmitted} with it
 * @param versionWatch {@code status.versionWatch} of both kinds of store
 * @param conditions whether conditions of other types than Ready may stand beside it
 */
public record ServedSchema(boolean sources, boolean versionWatch, boolean conditions) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GROUP_VERSION = "apis/" + ApiGroup.NAME + "/" + ApiGroup.VERSION;

    /**
     * Asks the API server for its OpenAPI documents, which every authenticated user may read.
     *
     * @throws io.fabric8.kubernetes.client.KubernetesClientException when it does not answer
     */
    public static ServedSchema lookUp(KubernetesClient client) {
        var index = parse(client.raw("/openapi/v3"));
        var address = index.path("paths").path(GROUP_VERSION).path("serverRelativeURL").asText();
        // Without the hash, whose address is gone as soon as a CRD changes.
        return address.isEmpty()
                ? new ServedSchema(false, false, false)
                : of(parse(client.raw(address.replaceFirst("\\?.*", ""))));
    }

    /** What is not served, for one line in the log; empty when all is. */
    public List<String> missing() {
        var missing = new ArrayList<String>();
        if (!sources) {
            missing.add("ExternalSecret status.sources");
        }
        if (!versionWatch) {
            missing.add("SecretStore and ClusterSecretStore status.versionWatch");
        }
        if (!conditions) {
            missing.add("ExternalSecret conditions other than Ready");
        }
        return List.copyOf(missing);
    }

    static ServedSchema of(JsonNode openApi) {
        var externalSecret = status(openApi, "ExternalSecret");
        return new ServedSchema(
                externalSecret.has("sources") && externalSecret.has("sourcesOmitted"),
                status(openApi, "SecretStore").has("versionWatch")
                        && status(openApi, "ClusterSecretStore").has("versionWatch"),
                takesConditions(externalSecret.path("conditions").path("items")));
    }

    private static boolean takesConditions(JsonNode condition) {
        var type = condition.path("properties").path("type");
        if (type.isMissingNode()) {
            return false;
        }
        for (var allowed : type.path("enum")) {
            if (allowed.asText().equals(Condition.SOURCE_AVAILABLE)) {
                return true;
            }
        }
        return !type.has("enum");
    }

    private static JsonNode status(JsonNode openApi, String kind) {
        for (var schema : openApi.path("components").path("schemas")) {
            for (var served : schema.path("x-kubernetes-group-version-kind")) {
                if (served.path("kind").asText().equals(kind)) {
                    return schema.path("properties").path("status").path("properties");
                }
            }
        }
        return MissingNode.getInstance();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the API server's OpenAPI document is no JSON", e);
        }
    }
}
