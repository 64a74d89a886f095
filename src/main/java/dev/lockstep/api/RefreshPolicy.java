package dev.lockstep.api;

/** When an ExternalSecret is synced; absent means Periodic. */
public enum RefreshPolicy {
    Periodic,
    OnChange,
    CreatedOnce
}
