/**
 * Restarts the workloads that use a changed Secret, and watches them come up again. What to do is
 * decided by {@link dev.lockstep.rollout.RolloutPlan}, which is pure: from the annotations of
 * Secrets and from what Kubernetes keeps of each workload's past, never from the time of looking or
 * from memory, so that a restart of the operator restarts nothing twice and loses nothing. Knows
 * {@code api}, {@code cluster}, {@code source} and {@code sync}.
 */
@NullMarked
package dev.lockstep.rollout;

import org.jspecify.annotations.NullMarked;
