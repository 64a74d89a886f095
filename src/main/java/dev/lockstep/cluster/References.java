package dev.lockstep.cluster;

import dev.lockstep.source.SourceException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The Secrets and ConfigMaps that specs refer to (semantics 28). Each is watched by itself, by a
 * field selector on its name, from its first holder to its last; what is kept of it is its version
 * and a hash.
 *
 * <p>A watch is opened in the background and outlives lost connections and restarts of the API
 * server. Until it has its first answer, and for what nobody holds, questions are answered by a
 * live read.
 */
public final class References implements AutoCloseable {
    private final KubernetesClient client;
    private final Consumer<Reference> changed;
    private final Map<String, Set<Reference>> heldBy = new HashMap<>();
    private final Map<Reference, Set<String>> holders = new HashMap<>();
    private final Map<Reference, ReferenceWatch<?, ReferenceState>> watches =
            new ConcurrentHashMap<>();

    /**
     * @param changed called when a held reference is no longer as somebody was told: it came, went,
     *     or has another version. Called on the client's threads, so must not block
     */
    public References(KubernetesClient client, Consumer<Reference> changed) {
        this.client = client;
        this.changed = changed;
    }

    /**
     * Says all that a holder refers to, in place of what it said before; nothing lets all go.
     *
     * @param holder any text that names one holder, such as {@code ExternalSecret team/db}
     */
    public synchronized void hold(String holder, Set<Reference> references) {
        var before = heldBy.getOrDefault(holder, Set.of());
        if (before.equals(references)) {
            return;
        }
        if (references.isEmpty()) {
            heldBy.remove(holder);
        } else {
            heldBy.put(holder, Set.copyOf(references));
        }
        for (var reference : references) {
            holders.computeIfAbsent(reference, r -> new HashSet<>()).add(holder);
            watches.computeIfAbsent(reference, this::open);
        }
        for (var reference : before) {
            if (!references.contains(reference)) {
                letGo(reference, holder);
            }
        }
    }

    /**
     * @return empty when it does not exist
     * @throws SourceException AccessDenied or Unreachable, of Kubernetes
     */
    public Optional<ReferenceState> state(Reference reference) throws SourceException {
        var watch = watches.get(reference);
        if (watch != null && watch.isKnown()) {
            return watch.state();
        }
        var live = read(reference).map(ReferenceContent::state);
        if (watch != null) {
            watch.told(live);
        }
        return live;
    }

    /**
     * The content, read live.
     *
     * @return empty when it does not exist
     * @throws SourceException AccessDenied or Unreachable, of Kubernetes
     */
    public Optional<ReferenceContent> read(Reference reference) throws SourceException {
        try {
            var object =
                    reference.kind() == Reference.Kind.Secret
                            ? secret(reference).get()
                            : configMap(reference).get();
            return Optional.<HasMetadata>ofNullable(object).map(ReferenceContent::of);
        } catch (KubernetesClientException e) {
            throw ApiFailures.ofReading(reference.toString(), e);
        }
    }

    /** What is watched just now. */
    public Set<Reference> watched() {
        return Set.copyOf(watches.keySet());
    }

    @Override
    public synchronized void close() {
        Set.copyOf(heldBy.keySet()).forEach(holder -> hold(holder, Set.of()));
    }

    private ReferenceWatch<?, ReferenceState> open(Reference reference) {
        Runnable tell = () -> changed.accept(reference);
        return reference.kind() == Reference.Kind.Secret
                ? ReferenceWatch.open(
                        secret(reference), TrimmedStore.ofSecrets(), References::state, tell)
                : ReferenceWatch.open(
                        configMap(reference), TrimmedStore.ofConfigMaps(), References::state, tell);
    }

    private static ReferenceState state(HasMetadata object) {
        return ReferenceContent.of(object).state();
    }

    private void letGo(Reference reference, String holder) {
        var left = holders.getOrDefault(reference, new HashSet<>());
        left.remove(holder);
        if (left.isEmpty()) {
            holders.remove(reference);
            Optional.ofNullable(watches.remove(reference)).ifPresent(ReferenceWatch::close);
        }
    }

    private Resource<Secret> secret(Reference reference) {
        return client.secrets().inNamespace(reference.namespace()).withName(reference.name());
    }

    private Resource<ConfigMap> configMap(Reference reference) {
        return client.configMaps().inNamespace(reference.namespace()).withName(reference.name());
    }
}
