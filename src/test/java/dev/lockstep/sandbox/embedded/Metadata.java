package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/** What an API server reads from an object's metadata, and guards in it. */
final class Metadata {

    private static final List<String> OF_DELETION =
            List.of("deletionTimestamp", "deletionGracePeriodSeconds");

    private Metadata() {}

    /** Refuses a request that names another object, or an older state of it, than there is. */
    static void requireSame(JsonNode current, JsonNode asked) {
        for (var field : List.of("uid", "resourceVersion")) {
            var wanted = asked.path(field).asText();
            if (!wanted.isEmpty() && !wanted.equals(current.at("/metadata/" + field).asText())) {
                throw Refusal.conflict(
                        "Operation cannot be fulfilled on %s: the object has been modified; its %s"
                                        .formatted(current.at("/metadata/name").asText(), field)
                                + " is not the one in the request");
            }
        }
    }

    /** That an object is being deleted is nothing that a write can begin or end. */
    static void keepDeletion(JsonNode current, ObjectNode updated) {
        for (var field : OF_DELETION) {
            if (current.has(field)) {
                updated.set(field, current.get(field));
            } else {
                updated.remove(field);
            }
        }
    }

    static String uid(String json) {
        return Serialization.unmarshal(json, GenericKubernetesResource.class)
                .getMetadata()
                .getUid();
    }

    /** Whether this is its only owner: with another one left, an object stays. */
    static boolean isOwnedBy(String json, String uid) {
        if (!json.contains(uid)) {
            return false;
        }
        var owners =
                Serialization.unmarshal(json, GenericKubernetesResource.class)
                        .getMetadata()
                        .getOwnerReferences();
        return owners.size() == 1 && owners.get(0).getUid().equals(uid);
    }
}
