package dev.lockstep.api;

/** How a value is decoded; absent means None. */
public enum DecodingStrategy {
    None,
    Base64,
    Base64URL,
    Auto
}
