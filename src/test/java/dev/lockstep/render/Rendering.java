package dev.lockstep.render;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.SecretBytes;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Renders specs as admins write them. */
final class Rendering {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    private Rendering() {}

    static ExternalSecretSpec spec(String yaml) {
        return SERIALIZATION
                .unmarshal("---\n{metadata: {name: a}, spec: " + yaml + "}", ExternalSecret.class)
                .spec();
    }

    /** Data as text, from secrets by key. Secrets that are not given are gone. */
    static SortedMap<String, String> render(String yaml, Map<String, String> secrets)
            throws RenderException {
        var spec = spec(yaml);
        var values = new HashMap<ValueRef, Optional<SecretBytes>>();
        for (var ref : spec.valueRefs()) {
            values.put(ref, Optional.ofNullable(secrets.get(ref.key())).map(SecretBytes::ofUtf8));
        }
        var texts = new TreeMap<String, String>();
        SecretData.render(spec, values).forEach((key, value) -> texts.put(key, value.utf8()));
        return texts;
    }
}
