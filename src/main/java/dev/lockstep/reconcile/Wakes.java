package dev.lockstep.reconcile;

import dev.lockstep.api.Store;
import dev.lockstep.sync.StoreReferences;
import dev.lockstep.watch.User;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Passes on what should wake a reconciler and comes from outside of its informers: moved versions,
 * and changed Secrets and ServiceAccounts that stores refer to. What comes before a reconciler
 * listens is dropped: it reconciles everything at its start.
 */
public final class Wakes {
    private final List<Consumer<User>> users = new CopyOnWriteArrayList<>();
    private final List<Consumer<Predicate<Store>>> stores = new CopyOnWriteArrayList<>();

    /** An ExternalSecret has something to do. */
    public void wake(User user) {
        users.forEach(listener -> listener.accept(user));
    }

    /** A referenced Secret has changed, appeared or gone. */
    public void secretChanged(String namespace, String name) {
        changed(store -> StoreReferences.toSecret(store, namespace, name));
    }

    /** A referenced ServiceAccount has changed, appeared or gone. */
    public void serviceAccountChanged(String namespace, String name) {
        changed(store -> StoreReferences.toServiceAccount(store, namespace, name));
    }

    void onUser(Consumer<User> listener) {
        users.add(listener);
    }

    /**
     * @param listener told which stores are concerned
     */
    void onStores(Consumer<Predicate<Store>> listener) {
        stores.add(listener);
    }

    private void changed(Predicate<Store> concerned) {
        stores.forEach(listener -> listener.accept(concerned));
    }
}
