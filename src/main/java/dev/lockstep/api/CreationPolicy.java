package dev.lockstep.api;

/** Who owns the target; absent means Owner. */
public enum CreationPolicy {
    /** Ours alone: created, replaced, and removed with the ExternalSecret. */
    Owner,
    /** Created and replaced, but it outlives the ExternalSecret. */
    Orphan,
    /** Our keys are added to a Secret that somebody else makes. */
    Merge,
    /** Nothing is written. */
    None,
    /** As {@link #Merge}, and created when it is absent. */
    CreateOrMerge;

    /** True where the Secret may hold keys of others and ours are kept by server-side apply. */
    public boolean merges() {
        return this == Merge || this == CreateOrMerge;
    }

    /** True where the whole Secret is what we want it to be. */
    public boolean replaces() {
        return this == Owner || this == Orphan;
    }
}
