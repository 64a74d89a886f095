package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What an API server does to a Secret before it stores it. */
final class SecretRules {

    private SecretRules() {}

    /**
     * Moves {@code stringData} into {@code data} and sets the type that a Secret has by default.
     */
    static void complete(ObjectNode secret) {
        if (secret.get("stringData") instanceof ObjectNode strings) {
            var data = secret.withObject("/data");
            strings.properties()
                    .forEach(entry -> data.put(entry.getKey(), base64(entry.getValue().asText())));
        }
        secret.remove("stringData");
        if (secret.path("type").asText().isEmpty()) {
            secret.put("type", "Opaque");
        }
    }

    /** Refuses a change of type, and of the data of a Secret that is immutable. */
    static void checkUpdate(JsonNode current, JsonNode updated) {
        if (!current.path("type").equals(updated.path("type"))) {
            throw Refusal.invalid("type: Invalid value: field is immutable");
        }
        if (!current.path("immutable").asBoolean()) {
            return;
        }
        if (!updated.path("immutable").asBoolean()) {
            throw Refusal.invalid(
                    "immutable: Forbidden: field is immutable when `immutable` is set");
        }
        var before = current.path("data");
        var after = updated.path("data");
        var bothEmpty = before.isEmpty() && after.isEmpty();
        if (!bothEmpty && !before.equals(after)) {
            throw Refusal.invalid("data: Forbidden: field is immutable when `immutable` is set");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
