package dev.lockstep.watch;

/** An ExternalSecret, as the one to wake. */
public record User(String namespace, String name) {}
