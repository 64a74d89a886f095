package dev.lockstep.api;

/** Which session tags an assumed role gets; absent means None. */
public enum SessionTagsPolicy {
    None,
    Simple,
    Custom
}
