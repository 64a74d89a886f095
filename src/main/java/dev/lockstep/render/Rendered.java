package dev.lockstep.render;

import dev.lockstep.source.SecretBytes;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a Secret shall hold.
 *
 * @param metadata its labels and annotations by the template; empty where there is no template
 */
public record Rendered(SortedMap<String, SecretBytes> data, Optional<Metadata> metadata) {

    public Rendered {
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    }

    /** Labels and annotations, which may hold pieces of values. */
    public record Metadata(
            SortedMap<String, String> labels, SortedMap<String, String> annotations) {

        public Metadata {
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        }

        @Override
        public String toString() {
            return "Metadata[" + labels.keySet() + ", " + annotations.keySet() + "]";
        }
    }
}
