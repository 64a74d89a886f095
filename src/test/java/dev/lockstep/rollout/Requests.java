package dev.lockstep.rollout;

import dev.lockstep.api.Rollout;
import dev.lockstep.api.RolloutTarget;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ExternalSecrets that ask for restarts; each has the name of its Secret. */
final class Requests {
    private Requests() {}

    static Rollout consumers() {
        return rollout("Consumers", List.of(), 1, "0s", "Continue");
    }

    static Rollout consumers(int maxConcurrent, String minInterval, String onFailure) {
        return rollout("Consumers", List.of(), maxConcurrent, minInterval, onFailure);
    }

    static Rollout listed(RolloutTarget... targets) {
        return rollout("Listed", List.of(targets), 1, "0s", "Continue");
    }

    private static Rollout rollout(
            String restart,
            List<RolloutTarget> targets,
            int maxConcurrent,
            String minInterval,
            String onFailure) {
        return new Rollout(restart, targets, maxConcurrent, minInterval, onFailure, Map.of());
    }

    static RolloutRequest changed(String secret, Rollout rollout, String revision, Instant at) {
        return new RolloutRequest(secret, rollout, secret, Optional.of(new Change(revision, at)));
    }
}
