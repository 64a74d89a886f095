package dev.lockstep.reconcile;

import dev.lockstep.api.Condition;
import dev.lockstep.api.Store;
import java.util.Objects;
import java.util.Optional;

/** Which changes of a store concern its ExternalSecrets (semantics 13). */
final class StoreChanged {
    private StoreChanged() {}

    /** Its spec, or whether it is Ready; never the rest of its status. */
    static boolean matters(Store now, Store before) {
        return !Objects.equals(now.getMetadata().getUid(), before.getMetadata().getUid())
                || !Objects.equals(
                        now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
                || !ready(now).equals(ready(before));
    }

    static Optional<String> ready(Store store) {
        return store.status().condition(Condition.READY).map(Condition::status);
    }
}
