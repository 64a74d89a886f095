package dev.lockstep.api;

/** What a missing priority key means; absent means Strict. */
public enum PriorityPolicy {
    Strict,
    IgnoreNotFound
}
