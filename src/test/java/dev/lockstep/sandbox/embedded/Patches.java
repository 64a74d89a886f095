package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import io.fabric8.zjsonpatch.JsonPatchException;

/** Patches by value: each computes what is then stored as any update is. */
final class Patches {

    private Patches() {}

    /**
     * What the patch makes of the object. A strategic merge is taken for a merge: they differ in
     * lists only.
     */
    static JsonNode apply(Call call, JsonNode current) {
        if (call.hasContentType("application/merge-patch+json")
                || call.hasContentType("application/strategic-merge-patch+json")) {
            return merge(current, call.json());
        }
        if (call.hasContentType("application/json-patch+json")) {
            try {
                return JsonPatch.apply(call.json(), current);
            } catch (JsonPatchException e) {
                throw Refusal.invalid("the JSON patch does not apply: " + e.getMessage());
            }
        }
        throw Refusal.unsupportedMediaType(call.contentType());
    }

    /** RFC 7386: objects are merged, null removes, everything else replaces. */
    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        var result =
                target instanceof ObjectNode object
                        ? object.deepCopy()
                        : JsonNodeFactory.instance.objectNode();
        patch.properties()
                .forEach(
                        field -> {
                            var name = field.getKey();
                            if (field.getValue().isNull()) {
                                result.remove(name);
                            } else {
                                result.set(name, merge(result.path(name), field.getValue()));
                            }
                        });
        return result;
    }
}
