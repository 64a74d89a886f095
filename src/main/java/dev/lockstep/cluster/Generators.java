package dev.lockstep.cluster;

import dev.lockstep.api.Generator;
import dev.lockstep.api.GeneratorName;
import dev.lockstep.source.SourceException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The generators that ExternalSecrets name, watched one by one as {@link References} are: a cluster
 * where nobody names one has no watch and no copy of any, and need not even have their CRDs.
 *
 * @param <H> who names them
 */
public final class Generators<H> implements AutoCloseable {
    private final KubernetesClient client;
    private final Consumer<H> changed;
    private final Map<H, Set<GeneratorName>> heldBy = new HashMap<>();
    private final Map<GeneratorName, Set<H>> holders = new ConcurrentHashMap<>();
    private final Map<GeneratorName, ReferenceWatch<?, Seen>> watches = new ConcurrentHashMap<>();

    /**
     * @param changed called with each who names a generator that came, went or has another spec.
     *     Called on the client's threads, so must not block
     */
    public Generators(KubernetesClient client, Consumer<H> changed) {
        this.client = client;
        this.changed = changed;
    }

    /** A generator, the same as long as its spec is. */
    private record Seen(Generator generator) {
        private String uid() {
            return generator.getMetadata().getUid();
        }

        private long generation() {
            return Objects.requireNonNullElse(generator.getMetadata().getGeneration(), 0L);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Seen that
                    && uid().equals(that.uid())
                    && generation() == that.generation();
        }

        @Override
        public int hashCode() {
            return Objects.hash(uid(), generation());
        }
    }

    /** Says all generators that somebody names, in place of what was said before. */
    public synchronized void hold(H holder, Set<GeneratorName> names) {
        var before = heldBy.getOrDefault(holder, Set.of());
        if (before.equals(names)) {
            return;
        }
        if (names.isEmpty()) {
            heldBy.remove(holder);
        } else {
            heldBy.put(holder, Set.copyOf(names));
        }
        for (var name : names) {
            holders.computeIfAbsent(name, n -> ConcurrentHashMap.newKeySet()).add(holder);
            watches.computeIfAbsent(name, this::open);
        }
        for (var name : before) {
            if (!names.contains(name)) {
                letGo(name, holder);
            }
        }
    }

    private void letGo(GeneratorName name, H holder) {
        var left = holders.getOrDefault(name, new HashSet<>());
        left.remove(holder);
        if (left.isEmpty()) {
            holders.remove(name);
            Optional.ofNullable(watches.remove(name)).ifPresent(ReferenceWatch::close);
        }
    }

    /**
     * @return empty when it does not exist
     * @throws SourceException AccessDenied or Unreachable, of Kubernetes
     */
    public Optional<Generator> find(GeneratorName name) throws SourceException {
        var watch = watches.get(name);
        if (watch != null && watch.isKnown()) {
            return watch.state().map(Seen::generator);
        }
        try {
            var live = Optional.ofNullable(resource(name, type(name)).get());
            if (watch != null) {
                watch.told(live.map(Seen::new));
            }
            return live.map(Generator.class::cast);
        } catch (KubernetesClientException e) {
            throw ApiFailures.ofReading(name.toString(), e);
        }
    }

    /** What is watched just now. */
    public Set<GeneratorName> watched() {
        return Set.copyOf(watches.keySet());
    }

    @Override
    public synchronized void close() {
        Set.copyOf(heldBy.keySet()).forEach(holder -> hold(holder, Set.of()));
    }

    private ReferenceWatch<?, Seen> open(GeneratorName name) {
        return open(name, type(name));
    }

    private <T extends Generator> ReferenceWatch<T, Seen> open(GeneratorName name, Class<T> type) {
        return ReferenceWatch.open(
                resource(name, type),
                new BasicItemStore<T>(Cache::metaNamespaceKeyFunc),
                Seen::new,
                () -> holders.getOrDefault(name, Set.of()).forEach(changed));
    }

    private <T extends Generator> Resource<T> resource(GeneratorName name, Class<T> type) {
        var all = client.resources(type);
        return name.isOfCluster()
                ? all.withName(name.name())
                : all.inNamespace(name.namespace()).withName(name.name());
    }

    private static Class<? extends Generator> type(GeneratorName name) {
        return name.kind()
                .type()
                .orElseThrow(() -> new IllegalArgumentException(name + " is not served"));
    }
}
