package dev.lockstep.cluster;

import dev.lockstep.sync.Fingerprint;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;

/**
 * What an Event is about.
 *
 * @param namespace the object's; {@code default} for one that has none, as kubectl expects
 * @param name of the Event, the same for the same object, reason and key
 * @param type Normal or Warning
 */
record EventSubject(
        ObjectReference object, String namespace, String name, String type, String reason) {
    private static final int LONGEST_OBJECT_NAME = 200;
    private static final int HASH_LENGTH = 16;

    static EventSubject of(HasMetadata about, String type, String reason, String key) {
        var metadata = about.getMetadata();
        var object =
                new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .withResourceVersion(metadata.getResourceVersion())
                        .build();
        var hash = Fingerprint.of(about.getKind(), metadata.getUid(), reason, key);
        var start = metadata.getName();
        if (start.length() > LONGEST_OBJECT_NAME) {
            start = start.substring(0, LONGEST_OBJECT_NAME);
        }
        return new EventSubject(
                object,
                metadata.getNamespace() == null ? "default" : metadata.getNamespace(),
                start + "." + hash.substring(0, HASH_LENGTH),
                type,
                reason);
    }

    /** For the log. */
    String about() {
        return object.getKind() + " " + namespace + "/" + object.getName();
    }
}
