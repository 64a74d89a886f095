package dev.lockstep.cluster;

import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.FieldManager;
import dev.lockstep.sync.Fingerprint;
import dev.lockstep.sync.ObjectHash;
import dev.lockstep.sync.SecretAnnotations;
import dev.lockstep.sync.SecretOwner;
import dev.lockstep.sync.TargetSecret;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What planning needs to know of a Secret as the API server sent it. */
final class LiveSecret {
    private final Secret secret;
    private final SortedMap<String, SecretBytes> data;
    private final ManagedFields fields;

    private LiveSecret(Secret secret) {
        this.secret = secret;
        this.data = data(secret);
        this.fields = ManagedFields.of(secret);
    }

    /** Everything, from a live read. */
    static TargetSecret of(Secret secret) {
        return new LiveSecret(secret).target(true);
    }

    /**
     * Only what a cache keeps: no digests, no owned keys, no bookkeeping among the owned names, and
     * hashes per manager only where ExternalSecrets merge.
     */
    static TargetSecret forCache(Secret secret) {
        return new LiveSecret(secret).target(false);
    }

    /** The values, decoded. */
    static SortedMap<String, SecretBytes> data(Secret secret) {
        var data = new TreeMap<String, SecretBytes>();
        if (secret.getData() != null) {
            secret.getData().forEach((key, text) -> data.put(key, SecretBytes.of(decode(text))));
        }
        return data;
    }

    /** Absent labels or annotations are none. */
    static Map<String, String> orEmpty(Map<String, String> map) {
        return map == null ? Map.of() : map;
    }

    private static byte[] decode(String base64) {
        return base64 == null ? new byte[0] : Base64.getDecoder().decode(base64);
    }

    private TargetSecret target(boolean live) {
        var metadata = secret.getMetadata();
        var annotations = new HashMap<String, String>();
        orEmpty(metadata.getAnnotations())
                .forEach((name, value) -> annotations.put(name, SecretAnnotations.compared(value)));
        return new TargetSecret(
                metadata.getNamespace(),
                metadata.getName(),
                metadata.getUid(),
                metadata.getResourceVersion(),
                Objects.requireNonNullElse(secret.getType(), "Opaque"),
                orEmpty(metadata.getLabels()),
                annotations,
                Boolean.TRUE.equals(secret.getImmutable()),
                controller(secret),
                ObjectHash.ofData(data),
                live ? digests() : Map.of(),
                live ? managers() : cachedManagers(annotations.keySet()));
    }

    private static Optional<SecretOwner> controller(Secret secret) {
        return secret.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(LiveSecret::owner)
                .findFirst();
    }

    static SecretOwner owner(OwnerReference reference) {
        return new SecretOwner(
                reference.getApiVersion(),
                reference.getKind(),
                reference.getName(),
                reference.getUid());
    }

    private Map<String, String> digests() {
        var digests = new HashMap<String, String>();
        data.forEach((key, value) -> digests.put(key, Fingerprint.of(value.bytes())));
        return digests;
    }

    private Map<String, TargetSecret.Owned> managers() {
        var managers = new HashMap<String, TargetSecret.Owned>();
        for (var manager : fields.managers()) {
            if (FieldManager.isExternalSecret(manager)) {
                managers.put(manager, owned(manager));
            }
        }
        return managers;
    }

    private TargetSecret.Owned owned(String manager) {
        var values = new TreeMap<>(data);
        values.keySet().retainAll(fields.names(manager, "data"));
        return new TargetSecret.Owned(
                fields.names(manager, "metadata", "labels"),
                fields.names(manager, "metadata", "annotations"),
                values.keySet(),
                ObjectHash.ofData(values));
    }

    private Map<String, TargetSecret.Owned> cachedManagers(Set<String> annotations) {
        var merged = annotations.stream().anyMatch(SecretAnnotations::isMergedDataHash);
        var managers = managers();
        managers.replaceAll(
                (manager, owned) ->
                        new TargetSecret.Owned(
                                withoutBookkeeping(owned.labels()),
                                withoutBookkeeping(owned.annotations()),
                                Set.of(),
                                merged ? owned.dataHash() : ""));
        return managers;
    }

    private static Set<String> withoutBookkeeping(Set<String> names) {
        var kept = new HashSet<>(names);
        kept.removeIf(SecretAnnotations::isBookkeeping);
        return kept;
    }
}
