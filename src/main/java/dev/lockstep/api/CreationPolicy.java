package dev.lockstep.api;

/** Who owns the target; absent means Owner. */
public enum CreationPolicy {
    Owner,
    Orphan,
    Merge,
    None,
    CreateOrMerge
}
