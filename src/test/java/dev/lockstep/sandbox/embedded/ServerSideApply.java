package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Server-side apply among appliers: a field that a manager no longer sends goes, unless another
 * manager applied it too; a field that another manager applied with another value is a conflict, or
 * is taken over by force. Fields set by other requests than apply belong to nobody here, and {@code
 * managedFields} is never written.
 */
final class ServerSideApply {

    private static final List<String> NOT_OWNED =
            List.of(
                    "name",
                    "generateName",
                    "namespace",
                    "uid",
                    "resourceVersion",
                    "generation",
                    "creationTimestamp",
                    "managedFields");

    private final Map<String, Map<String, Set<List<String>>>> ownedByUidAndManager =
            new HashMap<>();

    /** What a manager wants of an object, or of its status: the fields that it will own. */
    static ObjectNode intent(ObjectNode applied, boolean ofStatus, boolean hasStatusSubresource) {
        var intent = AssociativeLists.toObjects(applied);
        if (ofStatus) {
            intent.retain("status");
            return intent;
        }
        intent.remove(List.of("apiVersion", "kind"));
        if (hasStatusSubresource) {
            intent.remove("status");
        }
        if (intent.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove(NOT_OWNED);
        }
        return intent;
    }

    /**
     * The object after the apply. Nothing is remembered yet: what follows may still refuse it.
     *
     * @param manager the field manager, told apart by subresource
     */
    ObjectNode merge(ObjectNode current, String manager, ObjectNode intent, boolean force) {
        var merged = AssociativeLists.toObjects(current);
        var owned = owners(current);
        var wanted = leaves(intent);
        if (!force) {
            refuseConflicts(merged, manager, intent, owned);
        }
        for (var path : owned.getOrDefault(manager, Set.of())) {
            var shared =
                    owned.entrySet().stream()
                            .anyMatch(
                                    other ->
                                            !other.getKey().equals(manager)
                                                    && other.getValue().contains(path));
            if (!wanted.contains(path) && !shared) {
                remove(merged, path);
            }
        }
        overlay(merged, intent);
        return AssociativeLists.toLists(merged);
    }

    /** Records who owns what after an apply; a field that was taken leaves its former owner. */
    void remember(JsonNode before, String manager, ObjectNode intent) {
        var owned =
                ownedByUidAndManager.computeIfAbsent(
                        before.at("/metadata/uid").asText(), uid -> new HashMap<>());
        var was = AssociativeLists.toObjects((ObjectNode) before);
        var wanted = leaves(intent);
        for (var path : wanted) {
            if (!valueAt(was, path).equals(valueAt(intent, path))) {
                owned.values().forEach(paths -> paths.remove(path));
            }
        }
        owned.put(manager, wanted);
    }

    void forget(String uid) {
        ownedByUidAndManager.remove(uid);
    }

    private Map<String, Set<List<String>>> owners(JsonNode object) {
        return ownedByUidAndManager.getOrDefault(object.at("/metadata/uid").asText(), Map.of());
    }

    private static void refuseConflicts(
            ObjectNode current,
            String manager,
            ObjectNode intent,
            Map<String, Set<List<String>>> owned) {
        var causes = new ArrayList<StatusCause>();
        for (var path : leaves(intent)) {
            var before = valueAt(current, path);
            if (before.isMissingNode() || before.equals(valueAt(intent, path))) {
                continue;
            }
            owned.forEach(
                    (rival, paths) -> {
                        if (!rival.equals(manager) && paths.contains(path)) {
                            var field = "." + String.join(".", path);
                            var message = "conflict with \"" + rival + "\"";
                            causes.add(new StatusCause(field, message, "FieldManagerConflict"));
                        }
                    });
        }
        if (!causes.isEmpty()) {
            var first = causes.get(0);
            throw Refusal.conflict(
                    "Apply failed with %d conflict%s: %s: %s"
                            .formatted(
                                    causes.size(),
                                    causes.size() == 1 ? "" : "s",
                                    first.getMessage(),
                                    first.getField()),
                    causes);
        }
    }

    private static Set<List<String>> leaves(JsonNode node) {
        var paths = new LinkedHashSet<List<String>>();
        collectLeaves(node, List.of(), paths);
        return paths;
    }

    private static void collectLeaves(JsonNode node, List<String> at, Set<List<String>> into) {
        if (!node.isObject()) {
            into.add(at);
            return;
        }
        node.properties()
                .forEach(
                        field -> {
                            var path = new ArrayList<>(at);
                            path.add(field.getKey());
                            collectLeaves(field.getValue(), List.copyOf(path), into);
                        });
    }

    private static JsonNode valueAt(JsonNode node, List<String> path) {
        var at = node;
        for (var name : path) {
            at = at.path(name);
        }
        return at;
    }

    /** Removes a field, and the objects around it that this leaves empty. */
    private static void remove(JsonNode node, List<String> path) {
        for (var length = path.size(); length > 0; length--) {
            var parent = valueAt(node, path.subList(0, length - 1));
            if (!(parent instanceof ObjectNode object)) {
                return;
            }
            object.remove(path.get(length - 1));
            if (!object.isEmpty()) {
                return;
            }
        }
    }

    private static void overlay(ObjectNode onto, ObjectNode intent) {
        intent.properties()
                .forEach(
                        field -> {
                            if (field.getValue() instanceof ObjectNode below
                                    && onto.get(field.getKey()) instanceof ObjectNode there) {
                                overlay(there, below);
                            } else {
                                onto.set(field.getKey(), field.getValue().deepCopy());
                            }
                        });
    }
}
