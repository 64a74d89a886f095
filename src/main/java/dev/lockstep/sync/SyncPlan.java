package dev.lockstep.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.api.AwsService;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.GoRegexp;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.TemplateSource;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.Selector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one ExternalSecret needs from where.
 *
 * @param asked each value that the spec asks for by key once, in its order
 * @param findings what the spec looks for, each once, in its order
 * @param found what was found, in the order of the names; without an entry where nobody has looked
 * @param readsOnly whether all data comes out of stores, none of generators
 * @param inputs what shapes the data besides versions (semantics 2)
 */
public record SyncPlan(
        List<Read> asked,
        List<Finding> findings,
        Map<FindRef, List<Read>> found,
        boolean readsOnly,
        SecretAnnotations.Inputs inputs) {
    public static final String FORCE_SYNC = "external-secrets.io/force-sync";

    /** Field and map order must not move the hash, or an upgrade would read every value again. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    public SyncPlan {
        asked = List.copyOf(asked);
        findings = List.copyOf(findings);
        found = Map.copyOf(found);
    }

    /** A plan that looks for nothing. */
    public SyncPlan(List<Read> reads, SecretAnnotations.Inputs inputs) {
        this(reads, List.of(), Map.of(), true, inputs);
    }

    /** A value to be read, its store resolved and its key with the store's prefix. */
    public record Read(ValueRef ref, String storeUid, RemoteKey key, RequestedVersion version) {}

    /** Secrets to look for, their store resolved. */
    public record Finding(FindRef ref, String storeUid, Selector selector) {}

    /** A resolved store. */
    public record StoreUse(String uid, String prefix, Identity identity) {}

    /**
     * @param stores every store that the spec reads from
     * @param templates a hash of the content of each object that holds templates; empty for one
     *     that does not exist
     */
    public static SyncPlan of(
            ExternalSecret externalSecret,
            Map<StoreName, StoreUse> stores,
            Map<TemplateSource, Optional<String>> templates) {
        var reads = new ArrayList<Read>();
        for (var ref : externalSecret.spec().valueRefs()) {
            var store = stores.get(ref.store());
            reads.add(read(ref, store));
        }
        var findings =
                externalSecret.spec().findRefs().stream()
                        .map(ref -> new Finding(ref, stores.get(ref.store()).uid(), selector(ref)))
                        .toList();
        return new SyncPlan(
                reads,
                findings,
                Map.of(),
                externalSecret.spec().readsOnly(),
                inputs(externalSecret, stores, templates, reads));
    }

    /** Patterns were checked before. */
    private static Selector selector(FindRef ref) {
        var name = Optional.of(ref.regexp()).filter(regexp -> !regexp.isEmpty());
        return new Selector(ref.path(), name.map(GoRegexp::compile), ref.tags());
    }

    /**
     * This plan once it is known what there is to find.
     *
     * @param names by what was looked for; a name needs no prefix any more
     */
    public SyncPlan with(Map<FindRef, ? extends Collection<String>> names) {
        var all = new HashMap<>(found);
        for (var finding : findings) {
            var these = names.get(finding.ref());
            if (these != null) {
                all.put(finding.ref(), reads(finding, these));
            }
        }
        return new SyncPlan(asked, findings, all, readsOnly, inputs);
    }

    private static List<Read> reads(Finding finding, Collection<String> names) {
        return names.stream()
                .sorted()
                .map(
                        name ->
                                new Read(
                                        finding.ref().match(name),
                                        finding.storeUid(),
                                        new RemoteKey(name),
                                        RequestedVersion.CURRENT))
                .toList();
    }

    /** Each value to be read once: in the order of the spec, then what was found. */
    public List<Read> reads() {
        if (found.isEmpty()) {
            return asked;
        }
        var reads = new LinkedHashSet<>(asked);
        findings.forEach(finding -> reads.addAll(found(finding)));
        return List.copyOf(reads);
    }

    /** What to read of what was found; nothing where nobody has looked. */
    private List<Read> found(Finding finding) {
        return found.getOrDefault(finding.ref(), List.of());
    }

    /** What each entry that looks for something takes. */
    public Map<FindRef, List<ValueRef>> matches() {
        var matches = new HashMap<FindRef, List<ValueRef>>();
        for (var finding : findings) {
            matches.put(finding.ref(), found(finding).stream().map(Read::ref).toList());
        }
        return matches;
    }

    /** Whether it has been looked for everything, or there is nothing to look for. */
    public boolean hasLooked() {
        return found.keySet().containsAll(findings.stream().map(Finding::ref).toList());
    }

    /** Whether it was looked for everything, nothing is there, and nothing comes from elsewhere. */
    public boolean findsNothing() {
        return readsOnly && !findings.isEmpty() && hasLooked() && reads().isEmpty();
    }

    /** As an admin would say it, for messages. */
    public String soughtFor() {
        return findings.stream()
                .map(finding -> finding.selector().toString())
                .collect(Collectors.joining(", or "));
    }

    private static Read read(ValueRef ref, StoreUse store) {
        var key = RemoteKey.of(store.prefix(), ref.key());
        if (store.identity().service() != AwsService.ParameterStore) {
            return read(ref, store, key, RequestedVersion.parse(ref.version()));
        }
        // As ESO passes it on, a key may bring its version: name:version or name:label.
        var selector = ref.version().isEmpty() ? key.selectorAt() : -1;
        if (selector < 0) {
            return read(ref, store, key, RequestedVersion.parseOfParameter(ref.version()));
        }
        return read(
                ref,
                store,
                new RemoteKey(key.id().substring(0, selector)),
                RequestedVersion.parseOfParameter(key.id().substring(selector + 1)));
    }

    private static Read read(
            ValueRef ref, StoreUse store, RemoteKey key, RequestedVersion version) {
        var asked = ref.what() == ValueRef.What.TAGS ? RequestedVersion.TAGS : version;
        return new Read(ref, store.uid(), key, asked);
    }

    private static SecretAnnotations.Inputs inputs(
            ExternalSecret externalSecret,
            Map<StoreName, StoreUse> stores,
            Map<TemplateSource, Optional<String>> templates,
            List<Read> reads) {
        var spec = externalSecret.spec();
        var parts = new ArrayList<String>();
        parts.add(json(spec.data()));
        parts.add(json(spec.dataFrom()));
        parts.add(json(spec.target()));
        reads.forEach(read -> parts.add(read.key().id()));
        var byName = new TreeMap<String, StoreUse>();
        stores.forEach((name, use) -> byName.put(name.toString(), use));
        byName.forEach(
                (name, use) -> {
                    parts.add(name);
                    parts.add(use.uid());
                    parts.add(use.identity().credentials().getClass().getSimpleName());
                    parts.add(json(use.identity()));
                });
        var contents = new TreeMap<String, String>();
        templates.forEach((source, hash) -> contents.put(source.toString(), hash.orElse("absent")));
        contents.forEach(
                (source, hash) -> {
                    parts.add(source);
                    parts.add(hash);
                });
        return SecretAnnotations.Inputs.of(
                Fingerprint.of(parts.toArray(String[]::new)).substring(0, 40),
                externalSecret.annotations().get(FORCE_SYNC));
    }

    /**
     * The versions annotation of a Secret made of these versions.
     *
     * @param versions that of each value; a value that is gone has none
     */
    public String versions(Map<ValueRef, RemoteVersion> versions) {
        var parts = new ArrayList<String>();
        for (var read : asked) {
            var version = versions.get(read.ref());
            parts.add(read.storeUid());
            parts.add(read.version().toString());
            if (read.version().byId()) {
                // Never looked up, so no ARN is known of it; the id alone cannot move.
                parts.add(read.key().id());
            } else if (version == null) {
                parts.add("gone");
            } else {
                parts.add(version.arn());
                parts.add(version.versionId());
            }
        }
        findings.forEach(finding -> parts.addAll(versions(finding, versions)));
        return Fingerprint.of(parts.toArray(String[]::new)).substring(0, 40);
    }

    /** Of what is looked for, the sorted set of versions of all that is found (semantics 1). */
    private List<String> versions(Finding finding, Map<ValueRef, RemoteVersion> versions) {
        var parts = new ArrayList<>(List.of("find", finding.storeUid()));
        found(finding).stream()
                .map(read -> versions.get(read.ref()))
                .filter(Objects::nonNull)
                .map(version -> version.arn() + " " + version.versionId())
                .sorted()
                .forEach(parts::add);
        return parts;
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("specs and identities are plain records", e);
        }
    }
}
