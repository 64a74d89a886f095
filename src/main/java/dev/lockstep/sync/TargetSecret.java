package dev.lockstep.sync;

import dev.lockstep.api.CreationPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The actual Secret as a cache or a live read knows it: never a value.
 *
 * @param annotations values in the form of {@link SecretAnnotations#compared}
 * @param controller the controlling owner
 * @param dataHash by ESO's formula, over its data
 * @param digests of each key's value; empty from a cache
 * @param managers what each ExternalSecret's field manager owns
 */
public record TargetSecret(
        String namespace,
        String name,
        String uid,
        String resourceVersion,
        String type,
        Map<String, String> labels,
        Map<String, String> annotations,
        boolean immutable,
        Optional<SecretOwner> controller,
        String dataHash,
        Map<String, String> digests,
        Map<String, Owned> managers) {

    public TargetSecret {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
        digests = Map.copyOf(digests);
        managers = Map.copyOf(managers);
    }

    /** What this field manager owns; nothing when it never wrote. */
    public Owned ownedBy(String fieldManager) {
        return managers.getOrDefault(fieldManager, Owned.NOTHING);
    }

    /**
     * Whether the data is what the ExternalSecret last wrote, as the data-hash tells; false when it
     * never wrote.
     */
    public boolean dataIsAsWritten(CreationPolicy policy, String externalSecret) {
        var names = SecretAnnotations.of(policy, externalSecret);
        var actual =
                policy.merges() ? ownedBy(FieldManager.of(externalSecret)).dataHash() : dataHash;
        return actual.equals(annotations.get(names.dataHash()));
    }

    /**
     * @param labels names; from a cache without our bookkeeping
     * @param keys of data; empty from a cache
     * @param dataHash by ESO's formula, over these keys alone; from a cache empty where no
     *     ExternalSecret merges into the Secret
     */
    public record Owned(
            Set<String> labels, Set<String> annotations, Set<String> keys, String dataHash) {
        public static final Owned NOTHING = new Owned(Set.of(), Set.of(), Set.of(), "");

        public Owned {
            labels = Set.copyOf(labels);
            annotations = Set.copyOf(annotations);
            keys = Set.copyOf(keys);
        }
    }
}
