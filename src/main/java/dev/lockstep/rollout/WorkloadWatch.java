package dev.lockstep.rollout;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Workloads and their former templates from informers, of which only extracts are kept. */
final class WorkloadWatch implements AutoCloseable {
    private final Set<String> namespaces;
    private final Consumer<String> changed;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final List<Extracts<?, Workload>> workloads = new ArrayList<>();
    private final List<Extracts<?, RevisionReading.Owned>> revisions = new ArrayList<>();
    private final Map<String, Map<WorkloadName, Workload>> written = new ConcurrentHashMap<>();

    /**
     * @param namespaces that the operator is bound to; none for all
     * @param changed told the namespace in which something matters that did not before. Called on
     *     the client's threads, so must not block
     */
    WorkloadWatch(
            KubernetesClient client,
            WorkloadApi api,
            Set<String> namespaces,
            Consumer<String> changed) {
        this.namespaces = namespaces;
        this.changed = changed;
        var reading = api.reading();
        var past = api.revisions();
        workloads(client.resources(Deployment.class), Deployment::new, reading::deployment);
        workloads(client.resources(StatefulSet.class), StatefulSet::new, reading::statefulSet);
        workloads(client.resources(DaemonSet.class), DaemonSet::new, reading::daemonSet);
        if (api.hasArgoRollouts()) {
            workloads(
                    client.genericKubernetesResources(WorkloadApi.ARGO),
                    GenericKubernetesResource::new,
                    reading::rollout);
        }
        watch(client.resources(ReplicaSet.class), ReplicaSet::new, past::replicaSet, revisions);
        watch(
                client.resources(ControllerRevision.class),
                ControllerRevision::new,
                past::controllerRevision,
                revisions);
    }

    private <T extends HasMetadata> void workloads(
            MixedOperation<T, ?, ?> all, Supplier<T> blank, Function<T, Workload> read) {
        watch(all, blank, read.andThen(Optional::of), workloads);
    }

    private <T extends HasMetadata, E> void watch(
            MixedOperation<T, ?, ?> all,
            Supplier<T> blank,
            Function<T, Optional<E>> read,
            List<Extracts<?, E>> kept) {
        var made =
                namespaces.isEmpty()
                        ? Stream.of(all.inAnyNamespace().runnableInformer(0))
                        : namespaces.stream().map(ns -> all.inNamespace(ns).runnableInformer(0));
        made.forEach(
                informer -> {
                    var extracts = new Extracts<>(blank, read, changed);
                    informer.itemStore(extracts).exceptionHandler((started, failure) -> true);
                    informers.add(informer);
                    kept.add(extracts);
                });
    }

    /**
     * Fills the caches.
     *
     * @throws IllegalStateException when that takes too long
     */
    void start(Duration patience) {
        var started =
                informers.stream()
                        .map(informer -> informer.start().toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(started).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException(
                    "cannot list workloads: check that the Kubernetes API answers and that the operator's role grants what the chart does with rollout.enabled=true",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while listing workloads", e);
        }
    }

    /** Whether changes are heard of just now, of each kind in one of the namespaces at least. */
    boolean isWatching() {
        return informers.stream()
                .collect(
                        Collectors.groupingBy(
                                SharedIndexInformer::getApiTypeClass,
                                Collectors.reducing(
                                        false,
                                        SharedIndexInformer::isWatching,
                                        Boolean::logicalOr)))
                .values()
                .stream()
                .allMatch(Boolean::booleanValue);
    }

    /** All workloads of a namespace. */
    List<Tracked> in(String namespace) {
        var past =
                revisions.stream()
                        .flatMap(kept -> kept.in(namespace).stream())
                        .collect(
                                Collectors.groupingBy(
                                        RevisionReading.Owned::owner,
                                        Collectors.mapping(
                                                RevisionReading.Owned::revision,
                                                Collectors.toList())));
        return workloads.stream()
                .flatMap(kept -> kept.in(namespace).stream())
                .map(workload -> asWritten(namespace, workload))
                .map(w -> new Tracked(w, past.getOrDefault(w.uid(), List.of())))
                .toList();
    }

    /** A restart that was just written, which the cache need not show yet. */
    void wrote(String namespace, Workload workload) {
        written.computeIfAbsent(namespace, any -> new ConcurrentHashMap<>())
                .put(workload.id(), workload);
    }

    private Workload asWritten(String namespace, Workload cached) {
        var own = written.getOrDefault(namespace, Map.of());
        var last = own.get(cached.id());
        if (last == null) {
            return cached;
        }
        if (last.uid().equals(cached.uid()) && last.generation() > cached.generation()) {
            return last;
        }
        own.remove(cached.id());
        return cached;
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::stop);
    }
}
