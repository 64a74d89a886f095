package dev.lockstep.reconcile;

import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceResult;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.sync.Versions;
import dev.lockstep.watch.ReadRequest;
import dev.lockstep.watch.SharedReads;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads all values of a plan, at the versions that the index names. */
public final class ValueFetch {
    private final SharedReads reads;

    public ValueFetch(SharedReads reads) {
        this.reads = reads;
    }

    /**
     * A value for each reference; empty where the remote secret is gone and the policy lets its
     * entries be left out.
     *
     * @param lastSeen version ids that earlier looks showed, to ask for a secret that may not be
     *     described
     * @throws SyncException the first failure in the order of the spec
     */
    Map<ValueRef, Optional<RemoteValue>> fetch(
            SyncPlan plan,
            Map<StoreName, OpenStore> stores,
            Versions versions,
            DeletionPolicy policy,
            Map<ValueRef, String> lastSeen)
            throws SyncException {
        var known =
                versions instanceof Versions.Known k ? k : new Versions.Known(Map.of(), Map.of());
        var answers = answers(plan, stores, known);
        var values = new LinkedHashMap<ValueRef, Optional<RemoteValue>>();
        for (var read : plan.reads()) {
            if (known.gone().containsKey(read.ref())) {
                values.put(read.ref(), Optional.empty());
                continue;
            }
            try {
                values.put(read.ref(), Optional.of(answers.get(read.ref()).orThrow()));
            } catch (SourceException e) {
                var source = stores.get(read.ref().store()).source();
                var lastId = Optional.ofNullable(lastSeen.get(read.ref()));
                var isGone =
                        read.ref().isMatch()
                                ? isFoundNoMore(source, read, e)
                                : policy != DeletionPolicy.Retain && gone(source, read, e, lastId);
                if (!isGone) {
                    throw new SyncException(SyncFailure.of(e));
                }
                values.put(read.ref(), Optional.empty());
            }
        }
        return values;
    }

    private Map<ValueRef, SourceResult<RemoteValue>> answers(
            SyncPlan plan, Map<StoreName, OpenStore> stores, Versions.Known known) {
        var bySource = new LinkedHashMap<SecretSource, Map<ValueRef, ReadRequest>>();
        for (var read : plan.reads()) {
            if (!known.gone().containsKey(read.ref())) {
                Optional<RemoteVersion> seen = Optional.ofNullable(known.found().get(read.ref()));
                bySource.computeIfAbsent(
                                stores.get(read.ref().store()).source(),
                                source -> new LinkedHashMap<>())
                        .put(read.ref(), new ReadRequest(read.key(), read.version(), seen));
            }
        }
        var answers = new HashMap<ValueRef, SourceResult<RemoteValue>>();
        bySource.forEach(
                (source, requests) -> {
                    var results = reads.read(source, requests.values());
                    requests.forEach((ref, request) -> answers.put(ref, results.get(request)));
                });
        return answers;
    }

    /** Whatever the policy, what is gone is not found; only a Describe can tell (semantics 15). */
    private static boolean isFoundNoMore(
            SecretSource source, SyncPlan.Read read, SourceException cause) throws SyncException {
        if (!(cause.failure() instanceof SourceFailure.NotFound)) {
            return false;
        }
        try {
            source.describe(read.key());
            return false;
        } catch (SourceException e) {
            if (e.failure() instanceof SourceFailure.NotFound) {
                return true;
            }
            throw new SyncException(SyncFailure.of(e));
        }
    }

    /**
     * Whether the secret itself does not exist (semantics 14): DescribeSecret says so, or, where
     * that is denied, GetSecretValue by a version id once seen.
     */
    private static boolean gone(
            SecretSource source, SyncPlan.Read read, SourceException cause, Optional<String> lastId)
            throws SyncException {
        if (!(cause.failure() instanceof SourceFailure.NotFound)) {
            return false;
        }
        try {
            source.describe(read.key());
            return false;
        } catch (SourceException e) {
            if (!(e.failure() instanceof SourceFailure.AccessDenied)) {
                return e.failure() instanceof SourceFailure.NotFound;
            }
        }
        try {
            if (lastId.isPresent()) {
                source.read(read.key(), RequestedVersion.id(lastId.get()));
            }
            return false;
        } catch (SourceException e) {
            return e.failure() instanceof SourceFailure.NotFound;
        }
    }
}
