package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.SecretStoreRef;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreKind;
import dev.lockstep.api.StoreName;
import dev.lockstep.cluster.Reference;
import dev.lockstep.cluster.References;
import dev.lockstep.source.SecretSources;
import dev.lockstep.source.SourceException;
import dev.lockstep.sync.ControllerClass;
import dev.lockstep.sync.NamespaceConditions;
import dev.lockstep.sync.SpecChecks;
import dev.lockstep.sync.SpecProblem;
import dev.lockstep.sync.StoreChecks;
import dev.lockstep.sync.StoreReferences;
import dev.lockstep.sync.SyncFailure;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the stores of an ExternalSecret and opens them: class first, then everything that forbids
 * their use, and only then anything that leaves this process.
 */
public final class StoreResolver {
    private final StoreCatalog catalog;
    private final SecretSources sources;
    private final References references;
    private final GeneratorResolver generators;
    private final ControllerClass controllerClass;
    private final boolean scoped;
    private final ByGeneration<Optional<SyncFailure>> specProblems = new ByGeneration<>();
    private final ByGeneration<Optional<SyncFailure>> storeProblems = new ByGeneration<>();

    /**
     * @param scoped to some namespaces: a ClusterSecretStore belongs to none of them
     */
    public StoreResolver(
            StoreCatalog catalog,
            SecretSources sources,
            References references,
            GeneratorResolver generators,
            ControllerClass controllerClass,
            boolean scoped) {
        this.catalog = catalog;
        this.sources = sources;
        this.references = references;
        this.generators = generators;
        this.controllerClass = controllerClass;
        this.scoped = scoped;
    }

    /**
     * Whether the ExternalSecret is ours: every store and Fake generator that it names is of our
     * class. Where one does not exist, or none is named, nobody can tell; the default class then
     * speaks.
     */
    public boolean isOurs(ExternalSecret externalSecret) {
        var ofStores =
                externalSecret.spec().storeRefs().stream()
                        .map(ref -> find(ref, externalSecret).map(Store::controller));
        var classes =
                Stream.concat(ofStores, generators.controllers(externalSecret).stream()).toList();
        return classes.isEmpty()
                ? controllerClass.isDefault()
                : classes.stream()
                        .allMatch(
                                named ->
                                        named.map(controllerClass::serves)
                                                .orElse(controllerClass.isDefault()));
    }

    boolean serves(Store store) {
        return controllerClass.serves(store);
    }

    /** The stores that it reads from, by name. */
    Map<StoreName, OpenStore> open(ExternalSecret externalSecret) throws SyncException {
        var problem = specProblems.get(externalSecret, () -> specProblem(externalSecret));
        if (problem.isPresent()) {
            throw new SyncException(problem.get());
        }
        var allowed = new LinkedHashMap<StoreName, Store>();
        for (var name : externalSecret.spec().stores()) {
            allowed.put(name, allowed(name, externalSecret));
        }
        // Before anything is read: what is missing now may come, and shall wake it.
        references.hold(
                holder(externalSecret), references(allowed.values(), namespace(externalSecret)));
        var open = new LinkedHashMap<StoreName, OpenStore>();
        for (var store : allowed.entrySet()) {
            open.put(store.getKey(), open(store.getValue(), namespace(externalSecret)));
        }
        return open;
    }

    private Store allowed(StoreName name, ExternalSecret externalSecret) throws SyncException {
        var namespace = namespace(externalSecret);
        if (scoped && name.kind() == StoreKind.ClusterSecretStore) {
            throw failure(
                    "NotSupported",
                    "%s: this operator serves single namespaces only (lockstep.namespaces) and sees no ClusterSecretStore: name a SecretStore of namespace %s"
                            .formatted(name, namespace));
        }
        var store =
                catalog.find(name, namespace)
                        .orElseThrow(
                                () ->
                                        failure(
                                                "StoreNotFound",
                                                "there is no %s: create it, or correct secretStoreRef"
                                                        .formatted(where(name, namespace))));
        if (!NamespaceConditions.admit(
                store.spec().conditions(), namespace, catalog.namespaceLabels(namespace))) {
            throw failure(
                    "StoreDenied",
                    "%s does not allow namespace %s: add it to the store's spec.conditions"
                            .formatted(name, namespace));
        }
        var problem = problem(store);
        if (problem.isPresent()) {
            throw failure(
                    "StoreNotReady",
                    "%s cannot be used: %s".formatted(name, problem.get().message()));
        }
        return store;
    }

    private static Optional<SyncFailure> specProblem(ExternalSecret externalSecret) {
        return SpecChecks.problems(externalSecret).stream().findFirst().map(SpecProblem::failure);
    }

    /** What is wrong with a store's spec; empty when nothing is. No I/O. */
    Optional<SyncFailure> problem(Store store) {
        return storeProblems.get(store, () -> storeProblem(store));
    }

    private Optional<SyncFailure> storeProblem(Store store) {
        return StoreChecks.problems(store).stream()
                .findFirst()
                .map(SpecProblem::failure)
                .or(
                        () ->
                                sources.problem(store)
                                        .map(text -> SyncFailure.lasting("InvalidSpec", text)));
    }

    private OpenStore open(Store store, String namespace) throws SyncException {
        try {
            return new OpenStore(store, sources.open(store, namespace));
        } catch (SourceException e) {
            throw new SyncException(SyncFailure.of(e));
        }
    }

    private Optional<Store> find(SecretStoreRef ref, ExternalSecret externalSecret) {
        return ref.storeName().flatMap(name -> catalog.find(name, namespace(externalSecret)));
    }

    private static String namespace(ExternalSecret externalSecret) {
        return externalSecret.getMetadata().getNamespace();
    }

    private static String where(StoreName name, String namespace) {
        return switch (name.kind()) {
            case SecretStore -> "SecretStore %s in namespace %s".formatted(name.name(), namespace);
            case ClusterSecretStore -> "ClusterSecretStore " + name.name();
        };
    }

    private static SyncException failure(String reason, String message) {
        return new SyncException(SyncFailure.lasting(reason, message));
    }

    /** Nothing that it refers to need be watched any more. */
    void forget(ExternalSecret externalSecret) {
        references.hold(holder(externalSecret), Set.of());
    }

    private static String holder(ExternalSecret externalSecret) {
        return "ExternalSecret "
                + namespace(externalSecret)
                + "/"
                + externalSecret.getMetadata().getName();
    }

    static Set<Reference> references(Collection<Store> stores, String namespace) {
        return stores.stream()
                .flatMap(store -> StoreReferences.toSecrets(store, namespace).stream())
                .map(name -> Reference.toSecret(name.namespace(), name.name()))
                .collect(Collectors.toSet());
    }
}
