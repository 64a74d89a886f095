package dev.lockstep.api;

/** What happens to data that is gone at the provider; absent means Retain. */
public enum DeletionPolicy {
    Retain,
    Delete,
    Merge
}
