package dev.lockstep.api;

/** What two equal keys mean when a rewrite merges; absent means Error. */
public enum ConflictPolicy {
    Error,
    Ignore
}
