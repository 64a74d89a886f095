package dev.lockstep.sync;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.RefreshPolicy;
import dev.lockstep.source.SourceFailure;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is to be done for one ExternalSecret, and why. */
public sealed interface Decision {

    /** Every value is read, rendered and written. */
    record Sync(Cause cause) implements Decision {}

    /** Labels, annotations or ownership are put right; nothing is read. */
    record WriteMetadata() implements Decision {}

    /**
     * A Secret that an earlier operator wrote as it should be gets our annotations and is not read
     * again: it is to be written once, or would come out different by itself (semantics 20).
     */
    record Adopt() implements Decision {}

    /** Every remote secret is gone and the policy says that the Secret goes too. */
    record Delete() implements Decision {}

    /** Every remote secret is gone and so is the Secret. */
    record StayDeleted() implements Decision {}

    /**
     * Nothing matches what is looked for, and the policy says that the Secret stays, be there one
     * or not.
     */
    record Retain() implements Decision {}

    /** A Secret to merge into does not exist. */
    record AwaitTarget() implements Decision {}

    /**
     * Versions are not known yet; the Secret stays as it is. Thousands that are new at once are so
     * told by one sweep what to read, and an account that does not answer holds no worker.
     *
     * @param due why a sync is due whatever the versions are; empty where they may show that none
     *     is
     */
    record AwaitVersions(Optional<Cause> due) implements Decision {}

    /**
     * A sync that waits for its window; the Secret stays as it is.
     *
     * @param cause why it is due
     */
    record Held(Cause cause, SyncHold hold) implements Decision {}

    /** The Secret carries what it should. */
    record InStep() implements Decision {}

    /** A remote secret cannot be had; the Secret stays as it is. */
    record Fail(SourceFailure failure) implements Decision {}

    /** Why a sync is due; the word that logs and metrics use. */
    enum Cause {
        TARGET_MISSING,
        TARGET_DRIFTED,
        INPUTS_CHANGED,
        VERSION_MOVED,
        REFRESH_DUE
    }

    /** The first check that applies decides. */
    static Decision of(Snapshot snapshot) {
        return Stream.<Function<Snapshot, Optional<Decision>>>of(
                        Decision::targetToMergeIntoIsAbsent,
                        Decision::aRemoteSecretCannotBeHad,
                        Decision::goneAfterAChange,
                        Decision::nothingIsFound,
                        Decision::allGone,
                        Decision::aTokenExpires,
                        Decision::writtenOnceAndDone,
                        Decision::writtenOnceBeforeUs,
                        Decision::wouldVaryByItself,
                        Decision::nothingIsWritten,
                        Decision::targetMissing,
                        Decision::targetDrifted,
                        Decision::inputsChanged,
                        Decision::versionMoved,
                        Decision::metadataDiffers,
                        Decision::versionsUnknown,
                        Decision::held)
                .flatMap(check -> check.apply(snapshot).stream())
                .findFirst()
                .map(decision -> onceVersionsAreKnown(decision, snapshot))
                .orElseGet(InStep::new);
    }

    /** A sync reads at the versions that the index names (semantics 4). */
    private static Decision onceVersionsAreKnown(Decision decision, Snapshot snapshot) {
        return decision instanceof Sync sync && snapshot.versions() instanceof Versions.Pending
                ? new AwaitVersions(Optional.of(sync.cause()))
                : decision;
    }

    /** From then on it is written anew when a version or the spec has changed. */
    private static Optional<Decision> wouldVaryByItself(Snapshot snapshot) {
        boolean adopts =
                (snapshot.varies() || snapshot.generation().isUsed())
                        && snapshot.carried().inputs().isEmpty()
                        && snapshot.creationPolicy().replaces()
                        && asWritten(snapshot);
        return when(
                adopts,
                snapshot.versions() instanceof Versions.Pending
                        ? new AwaitVersions(Optional.of(Cause.INPUTS_CHANGED))
                        : new Adopt());
    }

    private static Optional<Decision> targetToMergeIntoIsAbsent(Snapshot snapshot) {
        return when(
                snapshot.creationPolicy() == CreationPolicy.Merge && snapshot.target().isEmpty(),
                new AwaitTarget());
    }

    private static Optional<Decision> aRemoteSecretCannotBeHad(Snapshot snapshot) {
        return snapshot.versions() instanceof Versions.Unavailable unavailable
                ? Optional.of(new Fail(unavailable.failure()))
                : Optional.empty();
    }

    private static Optional<Decision> goneAfterAChange(Snapshot snapshot) {
        return snapshot.versions() instanceof Versions.Known known
                        && !known.gone().isEmpty()
                        && !snapshot.removesWhatIsGone()
                ? Optional.of(new Fail(known.gone().values().iterator().next()))
                : Optional.empty();
    }

    /** Under {@code Merge} the data is empty then. */
    private static Optional<Decision> nothingIsFound(Snapshot snapshot) {
        if (!snapshot.plan().findsNothing() || !(snapshot.versions() instanceof Versions.Known)) {
            return Optional.empty();
        }
        return switch (snapshot.deletionPolicy()) {
            case Retain -> Optional.of(new Retain());
            case Merge -> Optional.empty();
            case Delete -> deleteAsNothingIsFound(snapshot);
        };
    }

    private static Optional<Decision> deleteAsNothingIsFound(Snapshot snapshot) {
        if (snapshot.target().isEmpty()) {
            return Optional.of(new StayDeleted());
        }
        return snapshot.removesWhatIsGone()
                ? when(snapshot.hold().isEmpty(), new Delete())
                : Optional.of(
                        new Fail(new SourceFailure.NothingFound(snapshot.plan().soughtFor())));
    }

    private static Optional<Decision> allGone(Snapshot snapshot) {
        if (snapshot.deletionPolicy() != DeletionPolicy.Delete
                || !(snapshot.versions() instanceof Versions.Known known)
                || known.gone().isEmpty()
                || snapshot.generation().isUsed()
                || known.gone().size() < snapshot.plan().reads().size()) {
            return Optional.empty();
        }
        if (snapshot.target().isEmpty()) {
            return Optional.of(new StayDeleted());
        }
        return when(snapshot.hold().isEmpty(), new Delete());
    }

    /** Whatever the refresh interval and its windows are. */
    private static Optional<Decision> aTokenExpires(Snapshot snapshot) {
        return when(
                snapshot.generation().expiring()
                        && snapshot.refreshPolicy() == RefreshPolicy.Periodic,
                new Sync(Cause.REFRESH_DUE));
    }

    private static Optional<Decision> writtenOnceAndDone(Snapshot snapshot) {
        return when(
                snapshot.writtenOnce()
                        && snapshot.target().isPresent()
                        && snapshot.carried().inputs().isPresent(),
                snapshot.metadataDiffers() ? new WriteMetadata() : new InStep());
    }

    private static Optional<Decision> writtenOnceBeforeUs(Snapshot snapshot) {
        return when(
                snapshot.writtenOnce()
                        && snapshot.creationPolicy().replaces()
                        && asWritten(snapshot),
                new Adopt());
    }

    private static Optional<Decision> nothingIsWritten(Snapshot snapshot) {
        if (snapshot.creationPolicy() != CreationPolicy.None) {
            return Optional.empty();
        }
        if (!snapshot.statusInStep()) {
            return Optional.of(new Sync(Cause.INPUTS_CHANGED));
        }
        return when(
                        snapshot.versions() instanceof Versions.Unwatched
                                && snapshot.refreshDue()
                                && !snapshot.writtenOnce(),
                        new Sync(Cause.REFRESH_DUE))
                .or(() -> Optional.of(new InStep()));
    }

    private static Optional<Decision> targetMissing(Snapshot snapshot) {
        return when(snapshot.target().isEmpty(), new Sync(Cause.TARGET_MISSING));
    }

    private static Optional<Decision> targetDrifted(Snapshot snapshot) {
        var repairs = snapshot.creationPolicy() != CreationPolicy.Orphan || snapshot.refreshDue();
        var carried = snapshot.carried();
        // Whoever changes the data may take the hash away with it.
        var written = carried.dataHash().isPresent() || carried.inputs().isPresent();
        return when(repairs && written && !asWritten(snapshot), new Sync(Cause.TARGET_DRIFTED));
    }

    private static Optional<Decision> inputsChanged(Snapshot snapshot) {
        return when(
                snapshot.carried().inputs().filter(snapshot.plan().inputs()::equals).isEmpty(),
                new Sync(Cause.INPUTS_CHANGED));
    }

    private static Optional<Decision> versionMoved(Snapshot snapshot) {
        return snapshot.hold().isEmpty() ? followed(snapshot).map(Sync::new) : Optional.empty();
    }

    /** Comes last, for a window holds nothing else back (semantics 6). */
    private static Optional<Decision> held(Snapshot snapshot) {
        return snapshot.hold().flatMap(hold -> followed(snapshot).map(due -> new Held(due, hold)));
    }

    /** Why a sync is due although neither the Secret nor the spec asks for one. */
    private static Optional<Cause> followed(Snapshot snapshot) {
        if (snapshot.refreshPolicy() != RefreshPolicy.Periodic) {
            return Optional.empty();
        }
        if (snapshot.generation().due()) {
            return Optional.of(Cause.REFRESH_DUE);
        }
        if (snapshot.versions() instanceof Versions.Known known) {
            var now = snapshot.generation().versions(snapshot.plan().versions(known.found()));
            return snapshot.carried().versions().filter(now::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of(Cause.VERSION_MOVED);
        }
        return snapshot.versions() instanceof Versions.Unwatched && snapshot.refreshDue()
                ? Optional.of(Cause.REFRESH_DUE)
                : Optional.empty();
    }

    private static Optional<Decision> metadataDiffers(Snapshot snapshot) {
        return when(
                snapshot.metadataDiffers(),
                snapshot.metadataIsMade() ? new Sync(Cause.TARGET_DRIFTED) : new WriteMetadata());
    }

    private static Optional<Decision> versionsUnknown(Snapshot snapshot) {
        return when(
                snapshot.refreshPolicy() == RefreshPolicy.Periodic
                        && snapshot.versions() instanceof Versions.Pending,
                new AwaitVersions(Optional.empty()));
    }

    private static boolean asWritten(Snapshot snapshot) {
        return snapshot.target()
                .filter(
                        target ->
                                target.dataIsAsWritten(
                                        snapshot.creationPolicy(), snapshot.externalSecret()))
                .isPresent();
    }

    private static Optional<Decision> when(boolean applies, Decision decision) {
        return applies ? Optional.of(decision) : Optional.empty();
    }
}
