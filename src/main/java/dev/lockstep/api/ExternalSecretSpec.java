package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which remote secrets make which Secret. */
@JsonClassDescription("Which remote secrets make which Secret.")
@ValidationRule(
        value =
                "has(self.data) && size(self.data) > 0 || has(self.dataFrom) && size(self.dataFrom) > 0",
        message = "neither data nor dataFrom: name at least one remote secret")
// Comparing still longer keys would cost more than the API server spends on one rule, which refuses
// the object whether it is right or wrong: there the operator's own check stands alone.
@ValidationRule(
        value =
                "self.target.deletionPolicy != 'Retain' || !has(self.data)"
                        + " || size(self.data) * self.data.map(d, size(d.secretKey)).sum() > 5000000"
                        + " || self.data.all(a, self.data.exists_one(b, a.secretKey == b.secretKey))",
        message =
                "two entries of data have the same secretKey: give one of them another, or remove"
                        + " it")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ExternalSecretSpec(
        @JsonPropertyDescription("Store to read from where an entry does not name another.")
                @Nullable SecretStoreRef secretStoreRef,
        @JsonPropertyDescription("What is written.")
                @Default("{\"creationPolicy\":\"Owner\",\"deletionPolicy\":\"Retain\"}")
                ExternalSecretTarget target,
        @JsonPropertyDescription(
                        "Periodic: synced when the remote version moves, checked every"
                                + " refreshInterval. OnChange: synced when this resource changes."
                                + " CreatedOnce: synced once. Absent: Periodic.")
                @SchemaFrom(type = RefreshPolicy.class)
                @Nullable String refreshPolicy,
        @JsonPropertyDescription(
                        "How long it may take at most until a new remote version is noticed, such"
                                + " as 1h or 5m30s. Zero or less: synced once.")
                @Default(DEFAULT_REFRESH_INTERVAL)
                @Nullable String refreshInterval,
        @JsonPropertyDescription(
                        "When refreshes may happen. Creation, repair, a changed spec and"
                                + " force-sync do not wait for a window.")
                @Nullable SyncWindows syncWindows,
        @JsonPropertyDescription("Single keys of the Secret. They win over those of dataFrom.")
                @Size(max = 256)
                List<ExternalSecretData> data,
        @JsonPropertyDescription("Many keys at once; a later entry wins over an earlier one.")
                List<DataFrom> dataFrom,
        @JsonPropertyDescription(
                        "What happens to the workloads that use the Secret when it changes. Absent:"
                                + " nothing.")
                @Nullable Rollout rollout,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public static final String DEFAULT_REFRESH_INTERVAL = "1h0m0s";

    static final ExternalSecretSpec EMPTY =
            new ExternalSecretSpec(
                    null,
                    ExternalSecretTarget.DEFAULT,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of(),
                    null,
                    Map.of());

    public ExternalSecretSpec {
        target = target == null ? ExternalSecretTarget.DEFAULT : target;
        data = Absent.orEmpty(data);
        dataFrom = Absent.orEmpty(dataFrom);
        unknown = Absent.orEmpty(unknown);
    }

    public RefreshPolicy refreshPolicyOrDefault() {
        return Absent.or(refreshPolicy, RefreshPolicy.Periodic);
    }

    /** The interval in Go's duration syntax, not checked. */
    public String refreshIntervalOrDefault() {
        return Absent.or(refreshInterval, DEFAULT_REFRESH_INTERVAL);
    }

    public Rollout rolloutOrDefault() {
        return rollout == null ? Rollout.DEFAULT : rollout;
    }

    /** The store that entries read from which name none; without a name where the spec has none. */
    public SecretStoreRef secretStoreRefOrEmpty() {
        return secretStoreRef == null ? new SecretStoreRef("", null) : secretStoreRef;
    }

    /** Every reference to a store as written, whether anything is read from it or not. */
    public List<SecretStoreRef> storeRefs() {
        var refs = new ArrayList<SecretStoreRef>();
        if (secretStoreRef != null) {
            refs.add(secretStoreRef);
        }
        Stream.concat(
                        dataFrom.stream().map(DataFrom::sourceRef),
                        data.stream().map(ExternalSecretData::sourceRef))
                .forEach(
                        source -> {
                            if (source != null && source.storeRef() != null) {
                                refs.add(source.storeRef());
                            }
                        });
        return List.copyOf(refs);
    }

    /** The objects that hold templates of the target, each once, in the order of the spec. */
    public Set<TemplateSource> templateSources() {
        return target.template() == null ? Set.of() : target.template().sources();
    }

    /** The generators of {@code dataFrom} by the number of their entry. */
    public SortedMap<Integer, GeneratorRef> generatorRefs() {
        var refs = new TreeMap<Integer, GeneratorRef>();
        for (int entry = 0; entry < dataFrom.size(); entry++) {
            var source = dataFrom.get(entry).sourceRef();
            if (source != null && source.generatorRef() != null) {
                refs.put(entry, source.generatorRef());
            }
        }
        return refs;
    }

    /** The value that an entry of {@code data} is made of. */
    public ValueRef valueRef(ExternalSecretData entry) {
        return ValueRef.of(secretStoreRefOrEmpty(), entry.sourceRef(), entry.remoteRef());
    }

    /** The value that an entry of {@code dataFrom} extracts; empty where it extracts nothing. */
    public Optional<ValueRef> valueRef(DataFrom entry) {
        return Optional.ofNullable(entry.extract())
                .map(ref -> ValueRef.of(secretStoreRefOrEmpty(), entry.sourceRef(), ref));
    }

    /** What an entry of {@code dataFrom} looks for; empty where it looks for nothing. */
    public Optional<FindRef> findRef(DataFrom entry) {
        return Optional.ofNullable(entry.find())
                .map(find -> FindRef.of(secretStoreRefOrEmpty(), entry.sourceRef(), find));
    }

    /** All that is looked for, each once, in the order of the spec. */
    public Set<FindRef> findRefs() {
        var refs = new LinkedHashSet<FindRef>();
        dataFrom.forEach(entry -> findRef(entry).ifPresent(refs::add));
        return Collections.unmodifiableSet(refs);
    }

    /** Whether all data comes out of stores, none of generators. */
    public boolean readsOnly() {
        return dataFrom.stream()
                .map(DataFrom::sourceRef)
                .allMatch(source -> source == null || source.generatorRef() == null);
    }

    /** Every store that something is read from or looked for in. */
    public Set<StoreName> stores() {
        var names = new LinkedHashSet<StoreName>();
        valueRefs().forEach(ref -> names.add(ref.store()));
        findRefs().forEach(ref -> names.add(ref.store()));
        return Collections.unmodifiableSet(names);
    }

    /** Every value that is asked for by key, each once, in the order of the spec. */
    public Set<ValueRef> valueRefs() {
        var refs = new LinkedHashSet<ValueRef>();
        dataFrom.forEach(entry -> valueRef(entry).ifPresent(refs::add));
        data.forEach(entry -> refs.add(valueRef(entry)));
        return Collections.unmodifiableSet(refs);
    }
}
