package dev.lockstep.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.TemplateSource;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one ExternalSecret needs from where.
 *
 * @param reads each value once, in the order of the spec
 * @param inputs what shapes the data besides versions (semantics 2)
 */
public record SyncPlan(List<Read> reads, SecretAnnotations.Inputs inputs) {
    public static final String FORCE_SYNC = "external-secrets.io/force-sync";

    /** Field and map order must not move the hash, or an upgrade would read every value again. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    public SyncPlan {
        reads = List.copyOf(reads);
    }

    /** A value to be read, its store resolved and its key with the store's prefix. */
    public record Read(ValueRef ref, String storeUid, RemoteKey key, RequestedVersion version) {}

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
            reads.add(
                    new Read(
                            ref,
                            store.uid(),
                            RemoteKey.of(store.prefix(), ref.key()),
                            RequestedVersion.parse(ref.version())));
        }
        return new SyncPlan(reads, inputs(externalSecret, stores, templates, reads));
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
     * @param found the version of each value; a value that is gone has none
     */
    public String versions(Map<ValueRef, RemoteVersion> found) {
        var parts = new ArrayList<String>();
        for (var read : reads) {
            var version = found.get(read.ref());
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
        return Fingerprint.of(parts.toArray(String[]::new)).substring(0, 40);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("specs and identities are plain records", e);
        }
    }
}
