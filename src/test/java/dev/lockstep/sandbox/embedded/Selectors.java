package dev.lockstep.sandbox.embedded;

import java.util.Set;

/** Refuses what the mock server would read wrongly, and so answer with too much or nothing. */
final class Selectors {

    private static final Set<String> FIELDS = Set.of("metadata.name", "metadata.namespace");

    private Selectors() {}

    static void check(Call call) {
        if (!call.parameter("dryRun").isEmpty()) {
            throw Refusal.badRequest("the embedded Kubernetes API has no dry run");
        }
        var labels = call.parameter("labelSelector");
        if (labels.contains("(")) {
            throw Refusal.badRequest(
                    "the embedded Kubernetes API has no set-based label selectors: " + labels);
        }
        var fields = call.parameter("fieldSelector");
        for (var requirement : fields.split(",")) {
            if (!requirement.isEmpty() && !FIELDS.contains(requirement.split("!?==?")[0])) {
                throw Refusal.badRequest("field label not supported: " + requirement);
            }
        }
    }
}
