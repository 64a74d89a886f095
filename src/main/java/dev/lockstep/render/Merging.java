package dev.lockstep.render;

import dev.lockstep.api.ConflictPolicy;
import dev.lockstep.api.MergeStrategy;
import dev.lockstep.api.PriorityPolicy;
import dev.lockstep.api.Rewrite;
import dev.lockstep.render.Json.JsonNull;
import dev.lockstep.render.Json.JsonObject;
import dev.lockstep.render.RenderFailure.InvalidKey;
import dev.lockstep.render.RenderFailure.NotMergeable;
import dev.lockstep.render.RenderFailure.NotRewritable;
import dev.lockstep.source.SecretBytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code rewrite[].merge}: the properties of several JSON objects become one map. Its texts are
 * those of External Secrets Operator but for long integers, which keep their digits here.
 */
final class Merging {
    private final Rewrite.Merge step;
    private final Origin origin;

    Merging(Rewrite.Merge step, Origin origin) {
        this.step = step;
        this.origin = origin;
    }

    SortedMap<String, SecretBytes> apply(SortedMap<String, SecretBytes> found)
            throws RenderException {
        var merged = merge(found);
        if (step.strategyOrDefault() == MergeStrategy.JSON) {
            return with(found, GoJson.object(merged));
        }
        var properties = new TreeMap<String, SecretBytes>();
        merged.forEach((name, value) -> properties.put(name, extracted(value)));
        return properties;
    }

    private SortedMap<String, SecretBytes> with(
            SortedMap<String, SecretBytes> found, String document) throws RenderException {
        var into = step.into();
        if (into == null || into.isEmpty()) {
            throw new RenderException(
                    new NotRewritable(
                            origin, "merge.into names the key for strategy JSON: set it"));
        }
        var data = new TreeMap<>(found);
        data.put(into, SecretBytes.ofUtf8(document));
        return data;
    }

    private SortedMap<String, Json> merge(SortedMap<String, SecretBytes> found)
            throws RenderException {
        var merged = new TreeMap<String, Json>(Utf8Order::compare);
        for (var key : inOrder(found)) {
            var properties = new TreeMap<String, Json>();
            object(key, found.get(key))
                    .members()
                    .forEach(member -> properties.put(member.name(), member.value()));
            for (var property : properties.entrySet()) {
                if (merged.put(property.getKey(), property.getValue()) != null) {
                    allowConflict(property.getKey(), key);
                }
            }
        }
        return merged;
    }

    /** Later ones win: first those without priority, by name. */
    private List<String> inOrder(SortedMap<String, SecretBytes> found) throws RenderException {
        var keys = new ArrayList<String>(found.keySet());
        keys.sort(Utf8Order::compare);
        var ordered = new LinkedHashSet<>(keys);
        for (var key : step.priority()) {
            if (found.containsKey(key)) {
                ordered.remove(key);
                ordered.add(key);
            } else if (step.priorityPolicyOrDefault() == PriorityPolicy.Strict) {
                throw new RenderException(
                        new NotRewritable(
                                origin,
                                "merge.priority names %s, which is not among the keys: remove it, or set priorityPolicy to IgnoreNotFound"
                                        .formatted(Printable.of(key))));
            }
        }
        return List.copyOf(ordered);
    }

    private void allowConflict(String property, String key) throws RenderException {
        if (step.conflictPolicyOrDefault() == ConflictPolicy.Error) {
            throw new RenderException(
                    new InvalidKey(
                            origin,
                            property,
                            "several of the merged values have this property, one of them %s: set conflictPolicy to Ignore so that the last one wins"
                                    .formatted(Printable.of(key))));
        }
    }

    private JsonObject object(String key, SecretBytes value) throws RenderException {
        try {
            var document = JsonReader.read(value);
            if (document instanceof JsonObject object) {
                return object;
            }
            if (document instanceof JsonNull) {
                return JsonObject.EMPTY;
            }
            throw new RenderException(new NotMergeable(origin, key, "it is no object"));
        } catch (MalformedJsonException e) {
            throw new RenderException(new NotMergeable(origin, key, e.getMessage()));
        }
    }

    private static SecretBytes extracted(Json value) {
        boolean nested = value instanceof JsonObject || value instanceof Json.JsonArray;
        return SecretBytes.ofUtf8(nested ? GoJson.escaped(value) : value.text());
    }
}
