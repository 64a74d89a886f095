package dev.lockstep.reconcile;

import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.SyncHold;
import dev.lockstep.sync.TargetSecret;
import dev.lockstep.sync.Versions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;

/** Which attempts may be made now: none again before its time, and no endless fight. */
final class Attempts {
    private final SyncHistory history;
    private final TargetSecrets targets;

    Attempts(SyncHistory history, TargetSecrets targets) {
        this.history = history;
        this.targets = targets;
    }

    /** The same attempt is not made again before its time (semantics 5). */
    Optional<SyncResult> held(Situation situation, Instant now) {
        return history.failed(uid(situation))
                .filter(attempt -> attempt.madeOf().equals(madeOf(situation)))
                .filter(attempt -> now.isBefore(attempt.retryAt()))
                .map(attempt -> SyncResult.failed(Optional.of(situation), attempt, false));
    }

    /** The same attempt failed before, which stays true while it waits for its window. */
    Optional<SyncResult> failedBefore(Situation situation, SyncHold hold) {
        return history.failed(uid(situation))
                .filter(attempt -> attempt.madeOf().equals(madeOf(situation)))
                .map(attempt -> hold.until().map(attempt::withRetryAt).orElse(attempt))
                .map(attempt -> SyncResult.failed(Optional.of(situation), attempt, false));
    }

    /** A repair whose turn has not come, because somebody undoes them (semantics 19). */
    Optional<SyncResult> repairPutOff(Situation situation, Instant now) {
        var wait = history.beforeRepair(uid(situation), now);
        if (wait.isZero()) {
            return Optional.empty();
        }
        var attempt =
                history.putOff(
                        uid(situation),
                        madeOf(situation),
                        repairsTooOften(situation),
                        now,
                        now.plus(wait));
        return Optional.of(SyncResult.failed(Optional.of(situation), attempt, true));
    }

    /** An attempt that failed just now. */
    SyncResult failed(String uid, Optional<Situation> situation, SyncFailure failure, Instant now) {
        var attempt =
                history.failed(
                        uid,
                        situation.map(Attempts::madeOf).orElse(""),
                        failure,
                        now,
                        situation
                                .map(Situation::refreshInterval)
                                .filter(interval -> interval.toMillis() > 0)
                                .orElse(Duration.ofHours(1)));
        return SyncResult.failed(situation, attempt, true);
    }

    private SyncFailure repairsTooOften(Situation situation) {
        var metadata = situation.metadata();
        return new SyncFailure(
                "TargetConflict",
                "Secret %s/%s is changed again and again by %s, so it is repaired only once a minute: stop the other writer, or choose another target.name"
                        .formatted(
                                metadata.namespace(),
                                metadata.name(),
                                targets.otherWriter(metadata).orElse("somebody else")),
                true,
                false,
                Optional.empty());
    }

    /** What an attempt is made of: inputs, versions, the stores behind them, and the target. */
    private static String madeOf(Situation situation) {
        var versions = situation.snapshot().versions();
        var made = new StringBuilder(situation.plan().inputs().toString());
        made.append(' ');
        made.append(
                versions instanceof Versions.Known known
                        ? situation.plan().versions(known.found())
                        : versions.getClass().getSimpleName());
        situation
                .stores()
                .forEach(
                        (name, open) -> {
                            made.append(' ').append(open.store().getMetadata().getGeneration());
                            made.append(StoreChanged.ready(open.store()).orElse(""));
                        });
        made.append(' ').append(situation.snapshot().generation().uses());
        return made.append(' ').append(situation.target().map(Attempts::obstacle)).toString();
    }

    /** What of a target can keep it from being written; its data is not part of it. */
    private static String obstacle(TargetSecret target) {
        var rivals = new TreeMap<String, String>();
        for (var manager : target.managers().entrySet()) {
            rivals.put(manager.getKey(), manager.getValue().dataHash());
        }
        return "%s %s %s %s %s"
                .formatted(
                        target.uid(),
                        target.type(),
                        target.immutable(),
                        target.controller(),
                        rivals);
    }

    private static String uid(Situation situation) {
        return situation.externalSecret().getMetadata().getUid();
    }
}
