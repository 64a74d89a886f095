package dev.lockstep.reconcile;

import dev.lockstep.api.Store;
import dev.lockstep.api.StoreName;
import java.util.Map;
import java.util.Optional;

/** Stores and namespaces as the caches show them. */
public interface StoreCatalog {

    /** The store that an ExternalSecret of that namespace means; empty when there is none. */
    Optional<Store> find(StoreName name, String namespace);

    /** Labels of a namespace; empty when it is not known. */
    Map<String, String> namespaceLabels(String namespace);
}
