package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Lists that Kubernetes merges item by item, written as objects with one entry per item, so that
 * whoever merges sees objects only. All other lists are replaced as a whole.
 */
final class AssociativeLists {

    /** Parent, list, and the field that tells its items apart; empty: the item itself does. */
    private record AssociativeList(String parent, String name, String key) {}

    private static final AssociativeList[] KNOWN = {
        new AssociativeList("status", "conditions", "type"),
        new AssociativeList("metadata", "ownerReferences", "uid"),
        new AssociativeList("metadata", "finalizers", ""),
    };

    private AssociativeLists() {}

    /** A copy with objects in place of associative lists. */
    static ObjectNode toObjects(ObjectNode resource) {
        var copy = resource.deepCopy();
        for (var list : KNOWN) {
            if (copy.get(list.parent) instanceof ObjectNode parent
                    && parent.path(list.name).isArray()) {
                var byKey = JsonNodeFactory.instance.objectNode();
                parent.get(list.name).forEach(item -> byKey.set(key(item, list), item));
                parent.set(list.name, byKey);
            }
        }
        return copy;
    }

    /** Turns back what {@link #toObjects} did, in place. */
    static ObjectNode toLists(ObjectNode resource) {
        for (var list : KNOWN) {
            if (resource.get(list.parent) instanceof ObjectNode parent
                    && parent.path(list.name).isObject()) {
                var items = JsonNodeFactory.instance.arrayNode();
                parent.get(list.name).forEach(items::add);
                parent.set(list.name, items);
            }
        }
        return resource;
    }

    private static String key(JsonNode item, AssociativeList list) {
        var key = list.key.isEmpty() ? item : item.path(list.key);
        if (!key.isTextual()) {
            var where = Map.of("list", list.parent + "." + list.name, "key", list.key);
            throw Refusal.invalid("an item of an associative list without its key: " + where);
        }
        return key.asText();
    }
}
