package dev.lockstep.sync;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.source.SecretBytes;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules behind {@link SecretPlan#of}. */
final class SecretPlanning {
    private final DesiredSecret desired;
    private final SecretRefusals refusals;
    private final SecretAnnotations names;

    SecretPlanning(DesiredSecret desired) {
        this.desired = desired;
        this.refusals = new SecretRefusals(desired);
        this.names = desired.annotationNames();
    }

    SecretPlan plan(Optional<TargetSecret> actual) {
        if (desired.policy() == CreationPolicy.None) {
            return new SecretPlan.Nothing();
        }
        var refused = refusals.tooLarge().or(refusals::token);
        if (refused.isPresent()) {
            return new SecretPlan.Refuse(refused.get());
        }
        return actual.map(this::onto).orElseGet(this::anew);
    }

    private SecretPlan anew() {
        if (desired.data().isEmpty() || desired.policy() == CreationPolicy.Merge) {
            return new SecretPlan.Absent();
        }
        var annotations = annotations(Map.of(), true);
        return desired.policy().merges()
                ? new SecretPlan.Apply(labels(), annotations, allKeys(), Optional.empty())
                : new SecretPlan.Create(labels(), annotations);
    }

    private SecretPlan onto(TargetSecret actual) {
        var changedKeys = changedKeys(actual);
        var refused = refusals.against(actual, changedKeys);
        if (refused.isPresent()) {
            return new SecretPlan.Refuse(refused.get());
        }
        return desired.policy().merges()
                ? merge(actual, changedKeys)
                : replace(actual, changedKeys);
    }

    private SecretPlan replace(TargetSecret actual, SortedSet<String> changedKeys) {
        var labels = labels();
        var annotations = annotations(actual.annotations(), !changedKeys.isEmpty());
        var owned = actual.ownedBy(desired.fieldManager());
        var oldLabels = stale(owned.labels(), labels.keySet(), actual.labels().keySet());
        var oldAnnotations =
                stale(owned.annotations(), annotations.keySet(), actual.annotations().keySet());
        if (desired.owner().isEmpty()
                && desired.createdBy()
                        .equals(actual.labels().get(SecretAnnotations.CREATED_BY_LABEL))) {
            oldLabels.add(SecretAnnotations.CREATED_BY_LABEL);
        }
        var same =
                sameData(actual.dataHash())
                        && !differs(labels, actual.labels())
                        && !differs(annotations, actual.annotations())
                        && oldLabels.isEmpty()
                        && oldAnnotations.isEmpty()
                        && ownershipIsRight(actual)
                        && (actual.immutable() || !desired.immutable());
        return same
                ? new SecretPlan.Nothing()
                : new SecretPlan.Replace(
                        labels, oldLabels, annotations, oldAnnotations, changedKeys);
    }

    private SecretPlan merge(TargetSecret actual, SortedSet<String> changedKeys) {
        var labels = labels();
        var annotations = annotations(actual.annotations(), !changedKeys.isEmpty());
        leaveToRivals(labels, annotations, actual);
        var owned = actual.ownedBy(desired.fieldManager());
        var same =
                sameData(owned.dataHash())
                        && !differs(labels, actual.labels())
                        && !differs(annotations, actual.annotations())
                        && stale(owned.labels(), labels.keySet(), actual.labels().keySet())
                                .isEmpty()
                        && stale(
                                        owned.annotations(),
                                        annotations.keySet(),
                                        actual.annotations().keySet())
                                .isEmpty()
                        && ownershipIsRight(actual)
                        && (actual.immutable() || !desired.immutable());
        return same
                ? new SecretPlan.Nothing()
                : new SecretPlan.Apply(labels, annotations, changedKeys, Optional.of(actual.uid()));
    }

    private boolean sameData(String actualHash) {
        return desired.data().map(ObjectHash::ofData).map(actualHash::equals).orElse(true);
    }

    private boolean ownershipIsRight(TargetSecret actual) {
        var ours = actual.controller().filter(desired.externalSecret()::sameObject);
        return desired.owner().isPresent()
                ? ours.filter(desired.externalSecret()::equals).isPresent()
                : ours.isEmpty();
    }

    private SortedMap<String, String> labels() {
        var labels = new TreeMap<>(desired.metadata().labels());
        labels.put(SecretAnnotations.MANAGED_LABEL, SecretAnnotations.MANAGED);
        if (desired.owner().isPresent()) {
            labels.put(SecretAnnotations.CREATED_BY_LABEL, desired.createdBy());
        }
        return labels;
    }

    private SortedMap<String, String> annotations(Map<String, String> actual, boolean dataChanged) {
        var annotations = new TreeMap<>(desired.metadata().annotations());
        desired.marks()
                .ifPresentOrElse(
                        marks ->
                                annotations.putAll(
                                        names.next(names.carried(actual), marks, dataChanged)),
                        () -> keepMarks(annotations, actual));
        desired.data()
                .ifPresentOrElse(
                        data -> annotations.put(names.dataHash(), ObjectHash.ofData(data)),
                        () -> keep(names.dataHash(), annotations, actual));
        return annotations;
    }

    private void keepMarks(Map<String, String> annotations, Map<String, String> actual) {
        for (var name :
                Set.of(
                        names.versions(),
                        names.inputs(),
                        names.revision(),
                        names.changedAt(),
                        names.generatedAt(),
                        names.renewAt())) {
            keep(name, annotations, actual);
        }
    }

    private static void keep(String name, Map<String, String> to, Map<String, String> from) {
        if (from.containsKey(name)) {
            to.put(name, from.get(name));
        }
    }

    /**
     * Copied labels differ by nature between ExternalSecrets (a GitOps tool tracks each), so here
     * the first one keeps its value; a conflict is about data.
     */
    private void leaveToRivals(
            Map<String, String> labels, Map<String, String> annotations, TargetSecret actual) {
        actual.managers()
                .forEach(
                        (manager, owned) -> {
                            if (!manager.equals(desired.fieldManager())) {
                                leave(labels, owned.labels(), actual.labels());
                                leave(annotations, owned.annotations(), actual.annotations());
                            }
                        });
    }

    private static void leave(
            Map<String, String> wanted, Set<String> rivals, Map<String, String> actual) {
        wanted.entrySet()
                .removeIf(
                        entry ->
                                rivals.contains(entry.getKey())
                                        && differs(Map.ofEntries(entry), actual));
    }

    /** True when a wanted label or annotation is absent or has another value. */
    private static boolean differs(Map<String, String> wanted, Map<String, String> actual) {
        return wanted.entrySet().stream()
                .anyMatch(
                        entry ->
                                !SecretAnnotations.compared(entry.getValue())
                                        .equals(actual.get(entry.getKey())));
    }

    /** Ours by the managed fields, there, and no longer wanted, as far as that is known. */
    private Set<String> stale(Set<String> owned, Set<String> wanted, Set<String> there) {
        if (!desired.metadata().complete()) {
            return new HashSet<>();
        }
        var stale = new HashSet<>(owned);
        stale.retainAll(there);
        stale.removeAll(wanted);
        return stale;
    }

    /** Keys whose value appears, changes or goes; from a cache all keys when the hash differs. */
    private SortedSet<String> changedKeys(TargetSecret actual) {
        var hash =
                desired.policy().merges()
                        ? actual.ownedBy(desired.fieldManager()).dataHash()
                        : actual.dataHash();
        if (sameData(hash)) {
            return new TreeSet<>();
        }
        var wanted = desired.data().orElseThrow();
        var changed = new TreeSet<>(differing(wanted, actual));
        var ours =
                desired.policy().merges()
                        ? actual.ownedBy(desired.fieldManager()).keys()
                        : actual.digests().keySet();
        ours.stream().filter(key -> !wanted.containsKey(key)).forEach(changed::add);
        return changed;
    }

    /** Wanted keys that the actual Secret lacks or has with another value. */
    static Set<String> differing(Map<String, SecretBytes> wanted, TargetSecret actual) {
        var differing = new HashSet<String>();
        wanted.forEach(
                (key, value) -> {
                    if (!Fingerprint.of(value.bytes()).equals(actual.digests().get(key))) {
                        differing.add(key);
                    }
                });
        return differing;
    }

    private SortedSet<String> allKeys() {
        return new TreeSet<>(desired.data().orElseGet(TreeMap::new).keySet());
    }
}
