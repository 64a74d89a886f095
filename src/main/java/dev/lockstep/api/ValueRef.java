package dev.lockstep.api;

import org.jspecify.annotations.Nullable;

/**
 * One remote value as a spec asks for it. Entries that ask for parts of the same value share it.
 *
 * @param key as written, without the store's prefix; of a match the whole name
 * @param version as written; empty for AWSCURRENT
 */
public record ValueRef(
        StoreKind storeKind, String storeName, String key, String version, What what) {

    /** What of a secret is read. */
    public enum What {
        VALUE,

        /** Its tags, for {@code metadataPolicy: Fetch}. */
        TAGS,

        /** Its value, because {@code dataFrom.find} found it: no prefix is put before its name. */
        MATCH
    }

    /** A value asked for by key. */
    public ValueRef(StoreKind storeKind, String storeName, String key, String version) {
        this(storeKind, storeName, key, version, What.VALUE);
    }

    /**
     * @param fallback the spec's store, read from where the entry names none
     */
    static ValueRef of(SecretStoreRef fallback, @Nullable SourceRef source, RemoteRef ref) {
        var store = SourceRef.storeOr(fallback, source);
        var tags = ref.metadataPolicyOrDefault() == MetadataPolicy.Fetch;
        return new ValueRef(
                store.kindOrDefault(),
                Absent.orEmpty(store.name()),
                ref.key(),
                // Tags have no versions.
                tags ? "" : ref.versionOrEmpty(),
                tags ? What.TAGS : What.VALUE);
    }

    public boolean isMatch() {
        return what == What.MATCH;
    }

    /** The store to read from. */
    public StoreName store() {
        return new StoreName(storeKind, storeName);
    }
}
