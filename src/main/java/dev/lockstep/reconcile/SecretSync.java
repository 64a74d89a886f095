package dev.lockstep.reconcile;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretStatus;
import dev.lockstep.api.ValueRef;
import dev.lockstep.cluster.SecretWriter;
import dev.lockstep.cluster.WriteResult;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.Decision;
import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.Generation.Made;
import dev.lockstep.sync.SecretAnnotations.Marks;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.Versions;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** Brings one ExternalSecret's Secret in step: gather, decide, act. */
public final class SecretSync {
    private final StoreResolver stores;
    private final GeneratorResolver generators;
    private final Gatherer gatherer;
    private final ValueFetch values;
    private final Generating generating;
    private final TargetSecrets targets;
    private final SecretWriter writer;
    private final SyncHistory history;
    private final TemplateRuns templates;
    private final Attempts attempts;
    private final LiveSearch search = new LiveSearch();
    private final Clock clock;

    public SecretSync(
            StoreResolver stores,
            GeneratorResolver generators,
            Gatherer gatherer,
            ValueFetch values,
            Generating generating,
            TargetSecrets targets,
            SecretWriter writer,
            SyncHistory history,
            TemplateRuns templates,
            Clock clock) {
        this.stores = stores;
        this.generators = generators;
        this.gatherer = gatherer;
        this.values = values;
        this.generating = generating;
        this.targets = targets;
        this.writer = writer;
        this.history = history;
        this.templates = templates;
        this.attempts = new Attempts(history, targets);
        this.clock = clock;
    }

    /** Never throws for what can be expected to fail: the result tells it. */
    SyncResult sync(ExternalSecret externalSecret, Instant now) {
        var uid = externalSecret.getMetadata().getUid();
        Situation situation = null;
        try {
            var open = stores.open(externalSecret);
            situation = gatherer.gather(externalSecret, open, generators.open(externalSecret), now);
            var result = act(situation, now);
            if (result.success().filter(SyncResult.Success.SECRET_SYNCED::equals).isPresent()) {
                deleteFormer(situation);
            }
            if (result.failure().isEmpty()) {
                history.succeeded(uid);
            }
            return result;
        } catch (SyncException e) {
            if (situation == null && !e.failure().passing()) {
                gatherer.forget(externalSecret);
            }
            return attempts.failed(uid, Optional.ofNullable(situation), e.failure(), now);
        }
    }

    private SyncResult act(Situation situation, Instant now) throws SyncException {
        var decision = Decision.of(situation.snapshot());
        if (decision instanceof Decision.Sync sync) {
            return syncValues(situation, sync.cause(), now);
        }
        if (decision instanceof Decision.WriteMetadata) {
            return putRight(situation, now);
        }
        if (decision instanceof Decision.Adopt) {
            return adopt(situation, now);
        }
        if (decision instanceof Decision.Delete) {
            return delete(situation);
        }
        if (decision instanceof Decision.Retain) {
            return unchanged(situation, SyncResult.Success.SECRET_RETAINED);
        }
        if (decision instanceof Decision.StayDeleted) {
            return unchanged(situation, SyncResult.Success.SECRET_DELETED);
        }
        if (decision instanceof Decision.AwaitTarget) {
            return unchanged(situation, SyncResult.Success.SECRET_MISSING);
        }
        if (decision instanceof Decision.AwaitVersions await) {
            return waiting(situation, await);
        }
        if (decision instanceof Decision.Held held) {
            return attempts.failedBefore(situation, held.hold())
                    .orElseGet(() -> SyncResult.held(situation, held));
        }
        if (decision instanceof Decision.Fail fail) {
            throw new SyncException(SyncFailure.of(fail.failure()));
        }
        return unchanged(situation, SyncResult.Success.SECRET_SYNCED);
    }

    private SyncResult adopt(Situation situation, Instant now) throws SyncException {
        var carried = inStepWith(situation);
        var made = Generating.adopted(situation, now);
        var marks =
                carried.isEmpty() && made.isEmpty()
                        ? new Marks("", situation.plan().inputs(), now)
                        : marks(situation, carried, made, now);
        return succeeded(situation, write(situation, situation.metadata().withMarks(marks)));
    }

    /** While a sync is due, what keeps versions from being known keeps it from being done. */
    private static SyncResult waiting(Situation situation, Decision.AwaitVersions await)
            throws SyncException {
        var trouble = situation.sightings().trouble().filter(SyncFailure::passing);
        if (await.due().isPresent() && trouble.isPresent()) {
            throw new SyncException(trouble.get());
        }
        return SyncResult.waiting(situation);
    }

    private SyncResult syncValues(Situation situation, Decision.Cause cause, Instant now)
            throws SyncException {
        var waits =
                attempts.held(situation, now)
                        .or(
                                () ->
                                        isRepair(situation, cause)
                                                ? attempts.repairPutOff(situation, now)
                                                : Optional.empty());
        if (waits.isPresent()) {
            return waits.get();
        }
        templates.check(situation.externalSecret().spec());
        var plan = search.find(situation.externalSecret(), situation.plan(), situation.stores());
        return readAndWrite(situation.with(plan), cause, now);
    }

    private SyncResult readAndWrite(Situation situation, Decision.Cause cause, Instant now)
            throws SyncException {
        var fetched =
                values.fetch(
                        situation.plan(),
                        situation.stores(),
                        situation.snapshot().versions(),
                        policyOnGone(situation),
                        lastSeen(situation));
        history.refreshed(situation.externalSecret().getMetadata().getUid(), now);
        lookForGone(situation, fetched);
        if (situation.plan().readsOnly() && fetched.values().stream().allMatch(Optional::isEmpty)) {
            var left = nothingLeft(situation, !fetched.isEmpty());
            if (left.isPresent()) {
                return left.get();
            }
        }
        var carried = carried(fetched);
        var generated =
                generating.make(situation.generators(), situation.metadata().namespace(), now);
        // Reads may have taken long: pods started meanwhile have the former value, and are
        // restarted.
        var marks = marks(situation, carried, generated.made(), clock.instant());
        var desired = render(situation, fetched, generated.byEntry(), now).withMarks(marks);
        var changes = write(situation, desired).because(cause);
        return SyncResult.succeeded(situation, SyncResult.Success.SECRET_SYNCED, carried, changes);
    }

    /** Status lists 32 sources at most, and none with another operator's CRDs. */
    private static Map<ValueRef, String> lastSeen(Situation situation) {
        var ids = StatusMemory.versionIds(situation.externalSecret(), situation.plan());
        ids.putAll(situation.sightings().versionIds());
        return ids;
    }

    /** What cannot be found after a change is an error and takes nothing away. */
    private static DeletionPolicy policyOnGone(Situation situation) {
        var snapshot = situation.snapshot();
        return snapshot.removesWhatIsGone() ? snapshot.deletionPolicy() : DeletionPolicy.Retain;
    }

    /** The Secret under its former name goes once the new one is there, as under ESO. */
    private void deleteFormer(Situation situation) throws SyncException {
        var metadata = situation.metadata();
        var owns = metadata.policy() == CreationPolicy.Owner;
        if (owns && targets.hasFormer(situation.externalSecret())) {
            var failure =
                    writer.deleteFormer(
                            metadata.externalSecret(), metadata.namespace(), metadata.name());
            if (failure.isPresent()) {
                throw new SyncException(SyncFailure.of(failure.get()));
            }
        }
    }

    private static boolean isRepair(Situation situation, Decision.Cause cause) {
        var existed = situation.externalSecret().status().binding() != null;
        return cause == Decision.Cause.TARGET_DRIFTED
                || cause == Decision.Cause.TARGET_MISSING && existed;
    }

    private SyncResult putRight(Situation situation, Instant now) throws SyncException {
        var waits = attempts.held(situation, now).or(() -> attempts.repairPutOff(situation, now));
        return waits.isPresent()
                ? waits.get()
                : succeeded(situation, write(situation, situation.metadata()));
    }

    private static Marks marks(
            Situation situation,
            Map<ValueRef, RemoteVersion> carried,
            Optional<Made> made,
            Instant now) {
        var ofReads = situation.plan().versions(carried);
        return new Marks(
                made.map(at -> situation.snapshot().generation().versions(ofReads, at))
                        .orElse(ofReads),
                situation.plan().inputs(),
                now,
                made);
    }

    private DesiredSecret render(
            Situation situation,
            Map<ValueRef, Optional<RemoteValue>> fetched,
            Map<Integer, SortedMap<String, SecretBytes>> generated,
            Instant now)
            throws SyncException {
        var bytes = new HashMap<ValueRef, Optional<SecretBytes>>();
        fetched.forEach((ref, value) -> bytes.put(ref, value.map(RemoteValue::bytes)));
        var rendered =
                templates.render(
                        situation.externalSecret(),
                        bytes,
                        situation.plan().matches(),
                        generated,
                        now);
        var desired = situation.metadata().withData(rendered.data());
        return rendered.metadata()
                .map(made -> desired.metadata().rendered(made.labels(), made.annotations()))
                .map(desired::withMetadata)
                .orElse(desired);
    }

    /** Lists go on showing for minutes what is gone. */
    private void lookForGone(Situation situation, Map<ValueRef, Optional<RemoteValue>> fetched) {
        fetched.forEach(
                (ref, value) -> {
                    if (ref.isMatch() && value.isEmpty()) {
                        gatherer.lookNow(situation, ref);
                    }
                });
    }

    /**
     * What to do where no value is left; empty to write a Secret without data.
     *
     * @param confirmed whether secrets are known to be gone, rather than just not found
     */
    private Optional<SyncResult> nothingLeft(Situation situation, boolean confirmed)
            throws SyncException {
        var snapshot = situation.snapshot();
        return switch (snapshot.deletionPolicy()) {
            case Merge -> Optional.empty();
            case Retain -> Optional.of(unchanged(situation, SyncResult.Success.SECRET_RETAINED));
            case Delete -> {
                if (!confirmed && !snapshot.removesWhatIsGone()) {
                    throw new SyncException(
                            SyncFailure.of(
                                    new SourceFailure.NothingFound(situation.plan().soughtFor())));
                }
                yield Optional.of(delete(situation));
            }
        };
    }

    private static Map<ValueRef, RemoteVersion> carried(
            Map<ValueRef, Optional<RemoteValue>> fetched) {
        var carried = new HashMap<ValueRef, RemoteVersion>();
        fetched.forEach((ref, value) -> value.ifPresent(v -> carried.put(ref, v.version())));
        return carried;
    }

    private SyncResult delete(Situation situation) throws SyncException {
        var metadata = situation.metadata();
        var result =
                writer.delete(metadata.externalSecret(), metadata.namespace(), metadata.name());
        return SyncResult.succeeded(
                situation, SyncResult.Success.SECRET_DELETED, Map.of(), changes(result));
    }

    private SyncResult succeeded(Situation situation, SyncResult.Changes changes) {
        return SyncResult.succeeded(
                situation, SyncResult.Success.SECRET_SYNCED, inStepWith(situation), changes);
    }

    private SyncResult unchanged(Situation situation, SyncResult.Success success) {
        return SyncResult.succeeded(
                situation, success, inStepWith(situation), SyncResult.Changes.NONE);
    }

    private static Map<ValueRef, RemoteVersion> inStepWith(Situation situation) {
        return situation.snapshot().versions() instanceof Versions.Known known
                ? known.found()
                : Map.of();
    }

    /** The same of one that is gone; what may turn another operator's into ours stays watched. */
    void forgetWhole(ExternalSecret externalSecret) {
        forget(externalSecret);
        generators.forget(externalSecret);
    }

    /** Stops watching for it and remembers nothing of it. */
    void forget(ExternalSecret externalSecret) {
        stores.forget(externalSecret);
        gatherer.forget(externalSecret);
        history.forget(externalSecret.getMetadata().getUid());
    }

    private SyncResult.Changes write(Situation situation, DesiredSecret desired)
            throws SyncException {
        return changes(targets.write(desired, situation.target()));
    }

    private SyncResult.Changes changes(WriteResult result) throws SyncException {
        if (result instanceof WriteResult.Refused refused) {
            throw new SyncException(SyncFailure.of(refused.failure()));
        }
        if (result instanceof WriteResult.Deleted) {
            return new SyncResult.Changes(
                    SyncResult.Change.DELETED, new TreeSet<>(), Optional.empty());
        }
        if (result instanceof WriteResult.Written written) {
            return new SyncResult.Changes(change(written), written.changedKeys(), Optional.empty());
        }
        return SyncResult.Changes.NONE;
    }

    private static SyncResult.Change change(WriteResult.Written written) {
        if (written.created()) {
            return SyncResult.Change.CREATED;
        }
        return written.metadataOnly() ? SyncResult.Change.METADATA : SyncResult.Change.UPDATED;
    }

    /** The status as it is, though the cache may not have seen our last write of it. */
    ExternalSecretStatus lastStatus(ExternalSecret externalSecret, Instant now) {
        var uid = externalSecret.getMetadata().getUid();
        return history.status(uid, externalSecret.status(), now);
    }

    /** Remembers what is written in place of the status that the cache shows. */
    void reported(
            ExternalSecret externalSecret,
            ExternalSecretStatus cached,
            ExternalSecretStatus written,
            Instant now) {
        history.reported(externalSecret.getMetadata().getUid(), cached, written, now);
    }
}
