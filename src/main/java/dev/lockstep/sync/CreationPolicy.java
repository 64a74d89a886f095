package dev.lockstep.sync;

/** {@code spec.target.creationPolicy}: whose Secret it is, and how it is written. */
public enum CreationPolicy {
    /** Ours alone: created, replaced, and removed with the ExternalSecret. */
    OWNER,
    /** Created and replaced, but it outlives the ExternalSecret. */
    ORPHAN,
    /** Our keys are added to a Secret that somebody else makes. */
    MERGE,
    /** As {@link #MERGE}, and created when it is absent. */
    CREATE_OR_MERGE,
    /** Nothing is written. */
    NONE;

    /** True where the Secret may hold keys of others and ours are kept by server-side apply. */
    public boolean merges() {
        return this == MERGE || this == CREATE_OR_MERGE;
    }

    /** True where the whole Secret is what we want it to be. */
    public boolean replaces() {
        return this == OWNER || this == ORPHAN;
    }
}
