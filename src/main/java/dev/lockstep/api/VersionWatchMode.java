package dev.lockstep.api;

/** How version ids are watched; absent means Auto. */
public enum VersionWatchMode {
    Auto,
    List,
    Describe,
    Off
}
