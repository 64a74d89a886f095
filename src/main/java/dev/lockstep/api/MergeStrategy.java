package dev.lockstep.api;

/** Whether merged keys stand alone or in one JSON document; absent means Extract. */
public enum MergeStrategy {
    Extract,
    JSON
}
