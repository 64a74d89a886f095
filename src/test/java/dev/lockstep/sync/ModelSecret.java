package dev.lockstep.sync;

import dev.lockstep.source.SecretBytes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A Secret as an API server would keep it, with who wrote what; carries plans out in memory.
 * Ownership is by whole names: enough for what plans look at.
 */
final class ModelSecret {
    final Map<String, SecretBytes> data = new TreeMap<>();
    final Map<String, String> labels = new TreeMap<>();
    final Map<String, String> annotations = new TreeMap<>();
    final Map<String, Set<String>> owned = new HashMap<>();
    Optional<SecretOwner> controller = Optional.empty();
    String type = "Opaque";
    boolean immutable;

    /** Made by somebody who is no ExternalSecret. */
    static ModelSecret foreign(Map<String, String> texts) {
        var secret = new ModelSecret();
        texts.forEach((key, text) -> secret.data.put(key, SecretBytes.ofUtf8(text)));
        return secret;
    }

    /** Made, and carried over, by carrying out the plan for each of these in turn. */
    static ModelSecret writtenFor(DesiredSecret... inTurn) {
        var secret = new ModelSecret();
        var first = SecretPlan.of(inTurn[0], Optional.empty());
        secret.type = inTurn[0].type().isEmpty() ? "Opaque" : inTurn[0].type();
        secret.carryOut(inTurn[0], first);
        for (var next : inTurn) {
            secret.carryOut(next, SecretPlan.of(next, Optional.of(secret.live())));
        }
        return secret;
    }

    void carryOut(DesiredSecret desired, SecretPlan plan) {
        if (plan instanceof SecretPlan.Create create) {
            write(desired, create.labels(), create.annotations());
        } else if (plan instanceof SecretPlan.Replace replace) {
            labels.keySet().removeAll(replace.labelsToRemove());
            annotations.keySet().removeAll(replace.annotationsToRemove());
            if (desired.data().isPresent()) {
                data.clear();
            }
            write(desired, replace.labels(), replace.annotations());
        } else if (plan instanceof SecretPlan.Apply apply) {
            applyOnly(desired, apply);
        }
    }

    private void applyOnly(DesiredSecret desired, SecretPlan.Apply apply) {
        var wanted = new HashSet<String>();
        apply.labels().keySet().forEach(name -> wanted.add("label " + name));
        apply.annotations().keySet().forEach(name -> wanted.add("annotation " + name));
        desired.data()
                .map(Map::keySet)
                .orElseGet(() -> live().ownedBy(desired.fieldManager()).keys())
                .forEach(key -> wanted.add("key " + key));
        for (var field : owned.getOrDefault(desired.fieldManager(), Set.of())) {
            var shared =
                    owned.entrySet().stream()
                            .anyMatch(
                                    other ->
                                            !other.getKey().equals(desired.fieldManager())
                                                    && other.getValue().contains(field));
            if (!wanted.contains(field) && !shared) {
                data.keySet().removeIf(key -> field.equals("key " + key));
                labels.keySet().removeIf(name -> field.equals("label " + name));
                annotations.keySet().removeIf(name -> field.equals("annotation " + name));
            }
        }
        owned.remove(desired.fieldManager());
        write(desired, apply.labels(), apply.annotations());
        owned.put(desired.fieldManager(), wanted);
    }

    private void write(
            DesiredSecret desired, Map<String, String> newLabels, Map<String, String> newNotes) {
        var mine = owned.computeIfAbsent(desired.fieldManager(), manager -> new HashSet<>());
        labels.putAll(newLabels);
        annotations.putAll(newNotes);
        desired.data().ifPresent(data::putAll);
        newLabels.keySet().forEach(name -> mine.add("label " + name));
        newNotes.keySet().forEach(name -> mine.add("annotation " + name));
        desired.data().ifPresent(map -> map.keySet().forEach(key -> mine.add("key " + key)));
        immutable |= desired.immutable();
        controller = desired.owner().or(() -> controller.filter(c -> !ours(desired, c)));
    }

    private static boolean ours(DesiredSecret desired, SecretOwner controller) {
        return controller.sameObject(desired.externalSecret());
    }

    /** As a live read tells of it. */
    TargetSecret live() {
        var digests = new HashMap<String, String>();
        data.forEach((key, value) -> digests.put(key, Fingerprint.of(value.bytes())));
        return target(digests, true);
    }

    /** As the informer's cache tells of it. */
    TargetSecret cached() {
        return target(Map.of(), false);
    }

    private TargetSecret target(Map<String, String> digests, boolean live) {
        var compared = new HashMap<String, String>();
        annotations.forEach((name, value) -> compared.put(name, SecretAnnotations.compared(value)));
        var managers = new HashMap<String, TargetSecret.Owned>();
        owned.forEach((manager, fields) -> managers.put(manager, owned(fields, live)));
        return new TargetSecret(
                "team",
                "db",
                "uid-of-secret",
                "7",
                type,
                labels,
                compared,
                immutable,
                controller,
                ObjectHash.ofData(data),
                digests,
                managers);
    }

    private TargetSecret.Owned owned(Set<String> fields, boolean live) {
        var keys = names(fields, "key ");
        keys.retainAll(data.keySet());
        var values = new TreeMap<>(data);
        values.keySet().retainAll(keys);
        var ofLabels = names(fields, "label ");
        var ofAnnotations = names(fields, "annotation ");
        if (!live) {
            ofLabels.removeIf(SecretAnnotations::isBookkeeping);
            ofAnnotations.removeIf(SecretAnnotations::isBookkeeping);
        }
        var merged = annotations.keySet().stream().anyMatch(SecretAnnotations::isMergedDataHash);
        return new TargetSecret.Owned(
                ofLabels,
                ofAnnotations,
                live ? keys : Set.of(),
                live || merged ? ObjectHash.ofData(values) : "");
    }

    private static Set<String> names(Set<String> fields, String prefix) {
        var names = new HashSet<String>();
        for (var field : fields) {
            if (field.startsWith(prefix)) {
                names.add(field.substring(prefix.length()));
            }
        }
        return names;
    }
}
