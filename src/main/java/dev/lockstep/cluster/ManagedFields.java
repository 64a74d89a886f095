package dev.lockstep.cluster;

import dev.lockstep.sync.FieldManager;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who owns which fields of an object, read from {@code metadata.managedFields}. */
final class ManagedFields {
    private static final String APPLY = "Apply";
    private static final String UPDATE = "Update";

    /** ExternalSecrets do not fight each other: a key of another's is refused. */
    private static final Comparator<ManagedFieldsEntry> NOT_OF_EXTERNAL_SECRETS =
            Comparator.comparing(entry -> !FieldManager.isExternalSecret(entry.getManager()));

    private final List<ManagedFieldsEntry> entries;

    private ManagedFields(List<ManagedFieldsEntry> entries) {
        this.entries = entries;
    }

    static ManagedFields of(HasMetadata object) {
        var entries = object.getMetadata().getManagedFields();
        return new ManagedFields(entries == null ? List.of() : entries);
    }

    /** All managers, in the order of the object. */
    Set<String> managers() {
        var managers = new LinkedHashSet<String>();
        entries.forEach(entry -> managers.add(entry.getManager()));
        return managers;
    }

    /** The manager, but for this one, that wrote last; times are as the API server writes them. */
    Optional<String> lastWriterBeside(String manager) {
        return entries.stream()
                .filter(entry -> !manager.equals(entry.getManager()) && entry.getTime() != null)
                .max(NOT_OF_EXTERNAL_SECRETS.thenComparing(ManagedFieldsEntry::getTime))
                .map(ManagedFieldsEntry::getManager);
    }

    /**
     * The names below a field that the manager owns, by whichever operation.
     *
     * @param path such as {@code metadata}, {@code labels}
     */
    Set<String> names(String manager, String... path) {
        var names = new LinkedHashSet<String>();
        for (var entry : entries) {
            if (manager.equals(entry.getManager())) {
                names.addAll(names(fields(entry), path));
            }
        }
        return names;
    }

    /** Whether the manager owns something, and all of it by Update. */
    boolean areUpdated(String manager) {
        return entries.stream().anyMatch(entry -> isWritten(entry, manager, UPDATE))
                && entries.stream().noneMatch(entry -> isWritten(entry, manager, APPLY));
    }

    /**
     * The entries with what the manager owns by Update joined to what it owns by Apply, so that an
     * apply removes what it no longer sends; empty when it owns nothing by Update.
     */
    Optional<List<ManagedFieldsEntry>> withUpdatesApplied(String manager) {
        if (entries.stream().noneMatch(entry -> isWritten(entry, manager, UPDATE))) {
            return Optional.empty();
        }
        var others = new ArrayList<ManagedFieldsEntry>();
        ManagedFieldsEntry joined = null;
        for (var entry : entries) {
            if (isWritten(entry, manager, UPDATE) || isWritten(entry, manager, APPLY)) {
                joined = joined == null ? asApply(entry) : join(joined, entry);
            } else {
                others.add(entry);
            }
        }
        others.add(joined);
        return Optional.of(others);
    }

    private static boolean isWritten(ManagedFieldsEntry entry, String manager, String operation) {
        return manager.equals(entry.getManager())
                && operation.equals(entry.getOperation())
                && (entry.getSubresource() == null || entry.getSubresource().isEmpty());
    }

    private static ManagedFieldsEntry asApply(ManagedFieldsEntry entry) {
        return new ManagedFieldsEntryBuilder(entry).withOperation(APPLY).build();
    }

    private static ManagedFieldsEntry join(ManagedFieldsEntry into, ManagedFieldsEntry entry) {
        var fields = new FieldsV1();
        fields.setAdditionalProperties(union(fields(into), fields(entry)));
        return new ManagedFieldsEntryBuilder(into).withFieldsV1(fields).build();
    }

    private static Map<String, Object> union(Map<?, ?> one, Map<?, ?> other) {
        var union = new LinkedHashMap<String, Object>();
        one.forEach((name, below) -> union.put(String.valueOf(name), below));
        other.forEach(
                (name, below) ->
                        union.merge(
                                String.valueOf(name), below, (a, b) -> union(below(a), below(b))));
        return union;
    }

    /** The format marks fields with {@code f:}, and the object itself with a dot. */
    private static Set<String> names(Map<?, ?> fields, String... path) {
        Map<?, ?> at = fields;
        for (var name : path) {
            at = below(at.get("f:" + name));
        }
        var names = new LinkedHashSet<String>();
        for (var field : at.keySet()) {
            if (String.valueOf(field).startsWith("f:")) {
                names.add(String.valueOf(field).substring(2));
            }
        }
        return names;
    }

    private static Map<?, ?> below(@Nullable Object fields) {
        return fields instanceof Map<?, ?> map ? map : Map.of();
    }

    private static Map<?, ?> fields(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() == null
                ? Map.of()
                : entry.getFieldsV1().getAdditionalProperties();
    }
}
