package dev.lockstep.rollout;

import dev.lockstep.api.GoDuration;
import dev.lockstep.api.RestartPolicy;
import dev.lockstep.api.Rollout;
import dev.lockstep.api.RolloutFailurePolicy;
import java.time.Duration;
import java.util.Optional;

/**
 * An ExternalSecret that asks for restarts, and what its Secret says.
 *
 * @param change empty where the Secret has not been changed, but found as it should be
 */
public record RolloutRequest(
        String externalSecret, Rollout rollout, String secret, Optional<Change> change) {

    Duration minInterval() {
        return GoDuration.parse(rollout.minIntervalOrDefault()).orElse(Duration.ZERO);
    }

    boolean stopsOnFailure() {
        return rollout.onFailureOrDefault() == RolloutFailurePolicy.Stop;
    }

    boolean isFor(Workload workload) {
        return rollout.restartOrDefault() == RestartPolicy.Listed
                ? position(workload) >= 0
                : workload.secrets().contains(secret);
    }

    /** Where it is listed; -1 where it is not. */
    int position(Workload workload) {
        for (int i = 0; i < rollout.targets().size(); i++) {
            if (workload.id().isNamedBy(rollout.targets().get(i))) {
                return i;
            }
        }
        return -1;
    }
}
