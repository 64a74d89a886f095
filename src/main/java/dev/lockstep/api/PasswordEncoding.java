package dev.lockstep.api;

/** How a password is written. */
public enum PasswordEncoding {
    raw,
    base64,
    base64url,
    base32,
    hex
}
