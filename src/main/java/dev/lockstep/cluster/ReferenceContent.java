package dev.lockstep.cluster;

import dev.lockstep.source.Identity;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.ObjectHash;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A referenced Secret's or ConfigMap's content at one state. Held by whoever reads it, not kept.
 */
public record ReferenceContent(
        Identity.ObjectVersion version, SortedMap<String, SecretBytes> data) {

    public ReferenceContent {
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    }

    static ReferenceContent of(HasMetadata object) {
        var metadata = object.getMetadata();
        var version = new Identity.ObjectVersion(metadata.getUid(), metadata.getResourceVersion());
        return new ReferenceContent(
                version,
                object instanceof Secret secret
                        ? LiveSecret.data(secret)
                        : data((ConfigMap) object));
    }

    /** What a watch keeps of it. */
    public ReferenceState state() {
        return new ReferenceState(version, ObjectHash.ofData(data));
    }

    private static SortedMap<String, SecretBytes> data(ConfigMap map) {
        var data = new TreeMap<String, SecretBytes>();
        LiveSecret.orEmpty(map.getData())
                .forEach((key, text) -> data.put(key, SecretBytes.ofUtf8(text)));
        LiveSecret.orEmpty(map.getBinaryData())
                .forEach(
                        (key, text) ->
                                data.put(key, SecretBytes.of(Base64.getDecoder().decode(text))));
        return data;
    }
}
