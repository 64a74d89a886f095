package dev.lockstep.api;

import org.jspecify.annotations.Nullable;

/**
 * One remote value as a spec asks for it. Entries that ask for parts of the same value share it.
 *
 * @param key as written, without the store's prefix
 * @param version as written; empty for AWSCURRENT
 */
public record ValueRef(StoreKind storeKind, String storeName, String key, String version) {

    /**
     * @param fallback the spec's store, read from where the entry names none
     */
    static ValueRef of(SecretStoreRef fallback, @Nullable SourceRef source, RemoteRef ref) {
        var store = source == null || source.storeRef() == null ? fallback : source.storeRef();
        return new ValueRef(
                store.kindOrDefault(),
                Absent.orEmpty(store.name()),
                ref.key(),
                ref.versionOrEmpty());
    }

    /** The store to read from. */
    public StoreName store() {
        return new StoreName(storeKind, storeName);
    }
}
