package dev.lockstep.api;

/** Algorithms of SSH keys. */
public enum SshKeyType {
    rsa,
    ecdsa,
    ed25519
}
