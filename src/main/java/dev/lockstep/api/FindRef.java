package dev.lockstep.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one {@code dataFrom.find} looks for, and in which store. Entries that look for the same
 * share what is found.
 *
 * @param path how names begin; empty for any
 * @param regexp found in names; empty for any
 */
public record FindRef(
        StoreKind storeKind,
        String storeName,
        String path,
        String regexp,
        Map<String, String> tags) {

    public FindRef {
        tags = Map.copyOf(tags);
    }

    static FindRef of(SecretStoreRef fallback, @Nullable SourceRef source, DataFrom.Find find) {
        var store = SourceRef.storeOr(fallback, source);
        return new FindRef(
                store.kindOrDefault(),
                Absent.orEmpty(store.name()),
                Absent.orEmpty(find.path()),
                find.name() == null ? "" : Absent.orEmpty(find.name().regexp()),
                find.tags());
    }

    /** The value of a secret that was found. */
    public ValueRef match(String name) {
        return new ValueRef(storeKind, storeName, name, "", ValueRef.What.MATCH);
    }

    /** The store to look in. */
    public StoreName store() {
        return new StoreName(storeKind, storeName);
    }
}
