package dev.lockstep.api;

/** Which workloads restart when the Secret changes. */
public enum RestartPolicy {
    /** None: they pick the new value up by themselves, or when somebody restarts them. */
    Never,
    /** All of the namespace that use the Secret. */
    Consumers,
    /** Those that are named. */
    Listed
}
