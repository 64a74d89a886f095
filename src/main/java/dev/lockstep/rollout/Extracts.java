package dev.lockstep.rollout;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An informer's store that keeps an extract of each object in place of the object, by namespace: a
 * large cluster has thousands of workloads, and ten former templates of each.
 */
final class Extracts<T extends HasMetadata, E> extends BasicItemStore<T> {
    private final Supplier<T> blank;
    private final Function<T, Optional<E>> extract;
    private final Consumer<String> changed;
    private final Map<String, Map<String, E>> byNamespace = new ConcurrentHashMap<>();

    /**
     * @param blank makes an object to keep the identity of another in
     * @param extract empty for what is not to be kept
     * @param changed told the namespace in which an extract came, changed or went
     */
    Extracts(Supplier<T> blank, Function<T, Optional<E>> extract, Consumer<String> changed) {
        super(Cache::metaNamespaceKeyFunc);
        this.blank = blank;
        this.extract = extract;
        this.changed = changed;
    }

    Collection<E> in(String namespace) {
        return List.copyOf(byNamespace.getOrDefault(namespace, Map.of()).values());
    }

    @Override
    public T put(String key, T object) {
        var before = super.put(key, identity(object));
        keep(object.getMetadata(), extract.apply(object));
        return before;
    }

    @Override
    public T remove(String key) {
        var removed = super.remove(key);
        if (removed != null) {
            keep(removed.getMetadata(), Optional.empty());
        }
        return removed;
    }

    @Override
    public boolean isFullState() {
        return false;
    }

    private void keep(ObjectMeta metadata, Optional<E> now) {
        var kept =
                byNamespace.computeIfAbsent(
                        metadata.getNamespace(), any -> new ConcurrentHashMap<>());
        var before =
                Optional.ofNullable(
                        now.isPresent()
                                ? kept.put(metadata.getName(), now.get())
                                : kept.remove(metadata.getName()));
        if (!before.equals(now)) {
            changed.accept(metadata.getNamespace());
        }
    }

    private T identity(T object) {
        var from = object.getMetadata();
        var metadata = new ObjectMeta();
        metadata.setNamespace(from.getNamespace());
        metadata.setName(from.getName());
        metadata.setUid(from.getUid());
        metadata.setResourceVersion(from.getResourceVersion());
        var identity = blank.get();
        identity.setMetadata(metadata);
        return identity;
    }
}
