package dev.lockstep.rollout;

import java.time.Instant;
import java.util.Map;

/**
 * One of the templates that a workload had: a ReplicaSet or ControllerRevision.
 *
 * @param created when Kubernetes made it, in whole seconds
 * @param restarts the {@link RestartAnnotation}s of its template
 */
record PodRevision(Instant created, Map<String, String> restarts) {
    PodRevision {
        restarts = Map.copyOf(restarts);
    }

    boolean carries(String annotation, String revision) {
        return revision.equals(restarts.get(annotation));
    }
}
