package dev.lockstep.source;

/** A value and the version that it really is, as the answer named it. */
public record RemoteValue(RemoteVersion version, SecretBytes bytes) {}
