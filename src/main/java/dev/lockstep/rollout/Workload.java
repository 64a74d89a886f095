package dev.lockstep.rollout;

import dev.lockstep.api.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of a workload.
 *
 * @param secrets names of those that its pods use
 * @param restarts the {@link RestartAnnotation}s of its template
 * @param restartAt of an Argo Rollout: all pods are to be younger than this
 * @param hold why it is left alone
 * @param deadline how long a restart may take; empty where its own controller tells
 * @param appliedAt when a restart was last written to it
 */
record Workload(
        WorkloadName id,
        String uid,
        long generation,
        Set<String> secrets,
        Map<String, String> restarts,
        Optional<Instant> restartAt,
        Hold hold,
        Progress progress,
        Optional<Duration> deadline,
        Optional<Instant> appliedAt) {

    /** Why a workload is not restarted though it may be due. */
    enum Hold {
        NONE,
        PAUSED,
        /** It has no pods, so none that hold an old value. */
        SCALED_TO_ZERO,
        /** Its pods change when somebody deletes them. */
        ON_DELETE
    }

    Workload {
        secrets = Set.copyOf(secrets);
        restarts = Map.copyOf(restarts);
    }

    /** Whether it is restarted by a time, rather than by annotations of its template. */
    boolean restartsByTime() {
        return id.kind() == WorkloadKind.Rollout;
    }
}
