package dev.lockstep.api;

/** Whether syncs happen within the windows or outside of them. */
public enum SyncWindowKind {
    allow,
    deny
}
