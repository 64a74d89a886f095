package dev.lockstep.reconcile;

import dev.lockstep.api.Store;
import dev.lockstep.cluster.Reference;
import dev.lockstep.sync.StoreReferences;
import dev.lockstep.watch.User;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Passes on what should wake a reconciler and comes from outside of its informers: moved versions,
 * changed Secrets and ServiceAccounts that stores refer to, and changed templates. What comes
 * before a reconciler listens is dropped: it reconciles everything at its start.
 */
public final class Wakes {
    private final List<Consumer<User>> users = new CopyOnWriteArrayList<>();
    private final List<Consumer<Predicate<Store>>> stores = new CopyOnWriteArrayList<>();
    private final List<Consumer<Reference>> templates = new CopyOnWriteArrayList<>();

    /** Stores that a user reads by, without there being a resource of that name. */
    private final Map<User, List<Store>> ofUsers = new ConcurrentHashMap<>();

    /**
     * An ExternalSecret's generators ask AWS as these; it wakes when what they refer to changes.
     */
    void uses(User user, List<Store> asStores) {
        if (asStores.isEmpty()) {
            ofUsers.remove(user);
        } else {
            ofUsers.put(user, List.copyOf(asStores));
        }
    }

    /** An ExternalSecret has something to do. */
    public void wake(User user) {
        users.forEach(listener -> listener.accept(user));
    }

    /** A referenced Secret or ConfigMap has changed, appeared or gone. */
    public void changed(Reference reference) {
        if (reference.kind() == Reference.Kind.Secret) {
            changed(
                    store ->
                            StoreReferences.toSecret(
                                    store, reference.namespace(), reference.name()));
        }
        templates.forEach(listener -> listener.accept(reference));
    }

    /** A referenced ServiceAccount has changed, appeared or gone. */
    public void serviceAccountChanged(String namespace, String name) {
        changed(store -> StoreReferences.toServiceAccount(store, namespace, name));
    }

    void onUser(Consumer<User> listener) {
        users.add(listener);
    }

    /**
     * @param listener told of each object that may hold templates
     */
    void onTemplates(Consumer<Reference> listener) {
        templates.add(listener);
    }

    /**
     * @param listener told which stores are concerned
     */
    void onStores(Consumer<Predicate<Store>> listener) {
        stores.add(listener);
    }

    private void changed(Predicate<Store> concerned) {
        stores.forEach(listener -> listener.accept(concerned));
        ofUsers.forEach(
                (user, used) -> {
                    if (used.stream().anyMatch(concerned)) {
                        wake(user);
                    }
                });
    }
}
