package dev.lockstep.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A workload and its past, as Kubernetes keeps it.
 *
 * @param history in no order; empty when nothing has been made of the workload yet
 */
record Tracked(Workload workload, List<PodRevision> history) {
    Tracked {
        history = List.copyOf(history);
    }

    /** When its newest pods' template came to be. */
    Optional<Instant> newest() {
        return history.stream().map(PodRevision::created).max(Instant::compareTo);
    }

    /** When a template first had this revision. */
    Optional<Instant> firstCarrying(String annotation, String revision) {
        return history.stream()
                .filter(past -> past.carries(annotation, revision))
                .map(PodRevision::created)
                .min(Instant::compareTo);
    }

    /** When it was restarted last, for whichever Secret. */
    Optional<Instant> lastRestart() {
        if (workload.restartsByTime()) {
            return workload.restartAt();
        }
        return history.stream()
                .filter(past -> !past.restarts().isEmpty())
                .map(PodRevision::created)
                .max(Instant::compareTo);
    }
}
