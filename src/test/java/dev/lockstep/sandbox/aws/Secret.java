package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A secret and all that is known of it.
 *
 * @param sequence in which order secrets were created
 * @param kmsKeyId null for the key that AWS manages
 * @param deletion when it goes for good; null while it is not marked for that
 * @param rotation null when it was never configured
 */
record Secret(
        long sequence,
        String arn,
        String name,
        @Nullable String kmsKeyId,
        Map<String, String> tags,
        Versions versions,
        Instant created,
        Instant changed,
        @Nullable Instant deletion,
        @Nullable Rotation rotation) {

    Secret {
        tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    }

    boolean isMarkedForDeletion() {
        return deletion != null;
    }

    boolean isGone(Instant now) {
        return deletion != null && !now.isBefore(deletion);
    }

    Secret withVersions(Versions other, Instant now) {
        return new Secret(
                sequence, arn, name, kmsKeyId, tags, other, created, now, deletion, rotation);
    }

    Secret withTags(Map<String, String> other, Instant now) {
        return new Secret(
                sequence, arn, name, kmsKeyId, other, versions, created, now, deletion, rotation);
    }

    Secret withDeletion(@Nullable Instant other, Instant now) {
        return new Secret(
                sequence, arn, name, kmsKeyId, tags, versions, created, now, other, rotation);
    }

    Secret withRotation(Rotation other) {
        return new Secret(
                sequence, arn, name, kmsKeyId, tags, versions, created, changed, deletion, other);
    }

    ObjectNode identity() {
        return Json.object().put("ARN", arn).put("Name", name);
    }

    /** Everything but values; only what there is, as AWS leaves out the rest. */
    ObjectNode description(String versionsField) {
        var json = identity();
        if (kmsKeyId != null) {
            json.put("KmsKeyId", kmsKeyId);
        }
        json.put("CreatedDate", Json.seconds(created));
        json.put("LastChangedDate", Json.seconds(changed));
        putTime(json, "DeletedDate", deletion);
        if (rotation != null) {
            json.put("RotationEnabled", rotation.enabled());
            putTime(json, "LastRotatedDate", rotation.lastRotated());
            putTime(json, "NextRotationDate", rotation.next());
        }
        if (!tags.isEmpty()) {
            var array = json.putArray("Tags");
            tags.forEach((key, value) -> array.addObject().put("Key", key).put("Value", value));
        }
        var labelled =
                versions.byId().values().stream().filter(v -> !v.stages().isEmpty()).toList();
        if (!labelled.isEmpty()) {
            var stages = json.putObject(versionsField);
            labelled.forEach(v -> Json.putTexts(stages, v.id(), v.stages()));
        }
        return json;
    }

    private static void putTime(ObjectNode json, String field, @Nullable Instant instant) {
        if (instant != null) {
            json.put(field, Json.seconds(instant));
        }
    }
}
