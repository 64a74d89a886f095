package dev.lockstep.api;

/** What a null byte in a value means; absent means Ignore. */
public enum NullBytePolicy {
    Ignore,
    Fail
}
