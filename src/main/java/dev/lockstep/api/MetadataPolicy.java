package dev.lockstep.api;

/** Whether a reference reads the secret's tags rather than its value; absent means None. */
public enum MetadataPolicy {
    None,
    Fetch
}
