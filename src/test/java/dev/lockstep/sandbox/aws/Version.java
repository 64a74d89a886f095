package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.source.SecretBytes;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value and the labels on it.
 *
 * @param binary whether it was given, and is read, as SecretBinary
 */
record Version(String id, SecretBytes value, boolean binary, Set<String> stages, Instant created) {

    Version {
        stages = Set.copyOf(stages);
    }

    boolean hasStage(String stage) {
        return stages.contains(stage);
    }

    Version with(String stage) {
        var more = new TreeSet<>(stages);
        more.add(stage);
        return new Version(id, value, binary, more, created);
    }

    Version without(String stage) {
        var fewer = new TreeSet<>(stages);
        fewer.remove(stage);
        return new Version(id, value, binary, fewer, created);
    }

    boolean hasSameValueAs(Version other) {
        return binary == other.binary && value.equals(other.value);
    }

    void writeValue(ObjectNode json) {
        if (binary) {
            json.put("SecretBinary", Base64.getEncoder().encodeToString(value.bytes()));
        } else {
            json.put("SecretString", value.utf8());
        }
    }
}
