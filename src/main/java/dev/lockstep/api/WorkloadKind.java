package dev.lockstep.api;

/** What can be restarted. */
public enum WorkloadKind {
    Deployment,
    StatefulSet,
    DaemonSet,
    /** Of Argo Rollouts. */
    Rollout
}
