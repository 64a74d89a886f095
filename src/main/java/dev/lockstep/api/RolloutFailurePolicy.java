package dev.lockstep.api;

/** What a workload that does not come up again means for those that come after it. */
public enum RolloutFailurePolicy {
    /** They restart all the same. */
    Continue,
    /** They wait until it has come up, or the Secret has changed again. */
    Stop
}
