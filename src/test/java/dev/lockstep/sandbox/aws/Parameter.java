package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A parameter at one state.
 *
 * @param versions oldest first; the last is the current one
 * @param labels the number of the version that each is on
 */
record Parameter(
        String name,
        String arn,
        String type,
        List<Version> versions,
        Map<String, Long> labels,
        Map<String, String> tags) {

    Parameter {
        versions = List.copyOf(versions);
        labels = Map.copyOf(labels);
        tags = Map.copyOf(tags);
    }

    record Version(long number, String value, Instant modified) {}

    Version current() {
        return versions.get(versions.size() - 1);
    }

    /**
     * @param selector number, label, or empty for the current version
     */
    Optional<Version> version(String selector) {
        if (selector.isEmpty()) {
            return Optional.of(current());
        }
        var number = labels.getOrDefault(selector, -1L);
        return versions.stream()
                .filter(v -> v.number() == number || selector.equals("" + v.number()))
                .findFirst();
    }

    /** As DescribeParameters shows it. */
    ObjectNode description() {
        return described(current());
    }

    /** As GetParameter answers. */
    ObjectNode value(Version version) {
        return described(version).put("Value", version.value());
    }

    private ObjectNode described(Version version) {
        return Json.object()
                .put("Name", name)
                .put("ARN", arn)
                .put("Type", type)
                .put("DataType", "text")
                .put("Version", version.number())
                .put("LastModifiedDate", Json.seconds(version.modified()));
    }
}
