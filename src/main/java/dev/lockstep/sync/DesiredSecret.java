package dev.lockstep.sync;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.source.SecretBytes;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the target Secret shall be.
 *
 * @param externalSecret for whom we write; its owner reference under Owner
 * @param type empty: keep what is there, {@code Opaque} on creation
 * @param data under the Merge kinds our own keys alone. Empty: the data stays as it is and only
 *     labels, annotations and ownership are put right, so nothing had to be read
 * @param metadata labels and annotations to be copied, without the bookkeeping
 * @param marks what the sync was made of. Empty: the annotations that tell it stay as they are
 */
public record DesiredSecret(
        SecretOwner externalSecret,
        String namespace,
        String name,
        String type,
        Optional<SortedMap<String, SecretBytes>> data,
        TargetMetadata metadata,
        boolean immutable,
        CreationPolicy policy,
        Optional<SecretAnnotations.Marks> marks) {

    public DesiredSecret {
        data = data.map(map -> Collections.unmodifiableSortedMap(new TreeMap<>(map)));
    }

    /** The owner reference to write; empty but under Owner. */
    public Optional<SecretOwner> owner() {
        return policy == CreationPolicy.Owner ? Optional.of(externalSecret) : Optional.empty();
    }

    /** Under which its writes are recorded. */
    public String fieldManager() {
        return FieldManager.of(externalSecret.name());
    }

    /** The names of its annotations. */
    public SecretAnnotations annotationNames() {
        return SecretAnnotations.of(policy, externalSecret.name());
    }

    /** The label by which its Secrets are found when the target is renamed. */
    public String createdBy() {
        return ObjectHash.ofExternalSecret(namespace, externalSecret.name());
    }

    /** The same with this data. */
    public DesiredSecret withData(SortedMap<String, SecretBytes> newData) {
        return new DesiredSecret(
                externalSecret,
                namespace,
                name,
                type,
                Optional.of(newData),
                metadata,
                immutable,
                policy,
                marks);
    }

    /** The same with this metadata. */
    public DesiredSecret withMetadata(TargetMetadata newMetadata) {
        return new DesiredSecret(
                externalSecret, namespace, name, type, data, newMetadata, immutable, policy, marks);
    }

    /** The same with these marks. */
    public DesiredSecret withMarks(SecretAnnotations.Marks newMarks) {
        return new DesiredSecret(
                externalSecret,
                namespace,
                name,
                type,
                data,
                metadata,
                immutable,
                policy,
                Optional.of(newMarks));
    }
}
