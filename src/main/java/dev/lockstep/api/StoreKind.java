package dev.lockstep.api;

/** Kinds that a store reference can name; absent means SecretStore. */
public enum StoreKind {
    SecretStore,
    ClusterSecretStore
}
