package dev.lockstep.api;

/** How characters that a key must not have are replaced; absent means Default. */
public enum ConversionStrategy {
    Default,
    Unicode
}
