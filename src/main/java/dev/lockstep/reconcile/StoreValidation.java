package dev.lockstep.reconcile;

import dev.lockstep.api.Condition;
import dev.lockstep.api.SecretStoreStatus;
import dev.lockstep.api.Store;
import dev.lockstep.api.StoreKind;
import dev.lockstep.cluster.References;
import dev.lockstep.source.Identity;
import dev.lockstep.source.SecretSources;
import dev.lockstep.source.SourceException;
import dev.lockstep.sync.Conditions;
import dev.lockstep.sync.StoreReferences;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.watch.SharedReads;
import dev.lockstep.watch.VersionWatch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Whether a store can be used: its spec, its references, and the credentials behind it. */
public final class StoreValidation {
    static final String VALID = "Valid";
    static final String INVALID = "InvalidProviderConfig";
    private static final String NOT_SUPPORTED = "NotSupported";

    private final StoreResolver stores;
    private final SecretSources sources;
    private final VersionWatch watch;
    private final SharedReads reads;
    private final References references;
    private final Map<String, Long> generations = new ConcurrentHashMap<>();

    public StoreValidation(
            StoreResolver stores,
            SecretSources sources,
            VersionWatch watch,
            SharedReads reads,
            References references) {
        this.stores = stores;
        this.sources = sources;
        this.watch = watch;
        this.reads = reads;
        this.references = references;
    }

    /**
     * How a validation ended.
     *
     * @param reason of the condition Ready
     * @param failure empty when the store can be used
     * @param identity who asks AWS; empty where that depends on the ExternalSecret
     */
    record Result(
            String reason,
            String message,
            Optional<SyncFailure> failure,
            Optional<Identity> identity) {

        /** A passing trouble says nothing of the store: what was known of it stays. */
        Optional<Condition> ready(SecretStoreStatus before) {
            var known = before.condition(Condition.READY);
            var passing = failure.filter(SyncFailure::passing).isPresent();
            return passing && known.filter(Condition::holds).isPresent()
                    ? known
                    : Optional.of(
                            Conditions.of(Condition.READY, failure.isEmpty(), reason, message));
        }
    }

    boolean serves(Store store) {
        return stores.serves(store);
    }

    Result validate(Store store) {
        var problem = stores.problem(store);
        if (problem.isPresent()) {
            var failure = problem.get();
            var reason = failure.reason().equals(NOT_SUPPORTED) ? NOT_SUPPORTED : INVALID;
            return new Result(reason, failure.message(), problem, Optional.empty());
        }
        if (StoreReferences.dependOnNamespace(store)) {
            return new Result(
                    VALID,
                    "credentials come from the namespace of each ExternalSecret and are checked there",
                    Optional.empty(),
                    Optional.empty());
        }
        references.hold(holder(store), StoreResolver.references(List.of(store), namespace(store)));
        try {
            var identity = sources.open(store, namespace(store)).identity();
            retryDeniedAfterAChange(store, identity);
            return new Result(VALID, "store validated", Optional.empty(), Optional.of(identity));
        } catch (SourceException e) {
            var failure = SyncFailure.of(e);
            return new Result(
                    INVALID,
                    failure.reason() + ": " + failure.message(),
                    Optional.of(failure),
                    Optional.empty());
        }
    }

    /** What was denied may be allowed now that somebody worked on the store (semantics 11). */
    private void retryDeniedAfterAChange(Store store, Identity identity) {
        var metadata = store.getMetadata();
        var generation = Objects.requireNonNullElse(metadata.getGeneration(), 0L);
        var before = generations.put(metadata.getUid(), generation);
        if (before != null && !before.equals(generation)) {
            watch.retryDenied(identity);
            reads.retryDenied(identity);
        }
    }

    void forget(Store store) {
        references.hold(holder(store), Set.of());
        generations.remove(store.getMetadata().getUid());
    }

    private static String namespace(Store store) {
        var namespace = store.getMetadata().getNamespace();
        return store.kind() == StoreKind.ClusterSecretStore || namespace == null ? "" : namespace;
    }

    private static String holder(Store store) {
        return store.kind() + " " + namespace(store) + "/" + store.getMetadata().getName();
    }
}
