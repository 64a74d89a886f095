package dev.lockstep.rollout;

import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A restart to be asked for.
 *
 * @param annotations all that the template shall have of ours
 * @param restartAt for an Argo Rollout in their place
 */
record Restart(
        Workload workload, SortedMap<String, String> annotations, Optional<Instant> restartAt) {}
