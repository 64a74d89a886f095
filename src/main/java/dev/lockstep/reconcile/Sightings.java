package dev.lockstep.reconcile;

import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.sync.Versions;
import dev.lockstep.watch.Matches;
import dev.lockstep.watch.Sighting;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the watch knows of everything that a plan reads by label.
 *
 * @param byRef in the order of the plan; values asked for by version id are not in it
 * @param byFind of all that the plan looks for; of nothing where nothing is followed
 */
record Sightings(SyncPlan plan, Map<ValueRef, Sighting> byRef, Map<FindRef, Matches> byFind) {

    Sightings(SyncPlan plan, Map<ValueRef, Sighting> byRef) {
        this(plan, byRef, Map.of());
    }

    /** Whether nothing is followed. */
    boolean isEmpty() {
        return byRef.isEmpty() && byFind.isEmpty();
    }

    /** The versions that follow; a key that is gone is a failure unless the policy acts on it. */
    Versions versions(DeletionPolicy policy) {
        var found = new LinkedHashMap<ValueRef, RemoteVersion>();
        var gone = new HashMap<ValueRef, SourceFailure>();
        var pending = !byFind.isEmpty() && !plan.hasLooked();
        var unwatched = false;
        for (var matches : byFind.values()) {
            var failure = lasting(matches);
            if (failure.isPresent()) {
                return new Versions.Unavailable(failure.get());
            }
            unwatched |= matches instanceof Matches.Unwatched;
        }
        for (var read : plan.reads()) {
            var sighting = byRef.get(read.ref());
            if (sighting == null) {
                continue;
            }
            if (sighting instanceof Sighting.Unwatched) {
                unwatched = true;
                continue;
            }
            var failure = lasting(sighting);
            if (failure.isPresent() && read.ref().isMatch() && confirmedGone(sighting)) {
                // It is found no more, and whoever looked for it is about to be told.
                pending = true;
                continue;
            }
            if (failure.isPresent()) {
                if (policy == DeletionPolicy.Retain || !confirmedGone(sighting)) {
                    return new Versions.Unavailable(failure.get());
                }
                gone.put(read.ref(), failure.get());
                continue;
            }
            var secret = secret(sighting);
            if (secret.isEmpty()) {
                pending = true;
                continue;
            }
            var version = secret.get().version(read.version());
            if (version.isEmpty()) {
                return new Versions.Unavailable(
                        new SourceFailure.VersionNotFound(read.key().id(), read.version()));
            }
            found.put(read.ref(), version.get());
        }
        if (unwatched) {
            return new Versions.Unwatched();
        }
        return pending ? new Versions.Pending() : new Versions.Known(found, gone);
    }

    /**
     * What keeps the source from answering although the Secret may be in step: a passing trouble,
     * or a secret that is marked for deletion.
     */
    Optional<SyncFailure> trouble() {
        return Stream.concat(
                        byFind.values().stream().flatMap(matches -> trouble(matches).stream()),
                        byRef.entrySet().stream()
                                .flatMap(e -> trouble(e.getKey(), e.getValue()).stream()))
                .findFirst();
    }

    private static Optional<SyncFailure> trouble(Matches matches) {
        return matches instanceof Matches.Failed failed && failed.cause().failure().passing()
                ? Optional.of(SyncFailure.of(failed.cause()))
                : Optional.empty();
    }

    private static Optional<SyncFailure> trouble(ValueRef ref, Sighting sighting) {
        if (sighting instanceof Sighting.Failed failed && failed.cause().failure().passing()) {
            return Optional.of(SyncFailure.of(failed.cause()));
        }
        return secret(sighting)
                .filter(secret -> secret.deletionDate() != null)
                .map(
                        secret ->
                                SyncFailure.of(
                                        new SourceFailure.MarkedForDeletion(
                                                ref.key(), secret.deletionDate())));
    }

    /** When the one that was looked at least recently was; empty when one never was. */
    Optional<Instant> checkedAt() {
        var checks =
                Stream.concat(
                                byFind.values().stream().map(Sightings::checkedAt),
                                byRef.values().stream().map(Sightings::checkedAt))
                        .toList();
        return checks.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : checks.stream().map(Optional::orElseThrow).min(Comparator.naturalOrder());
    }

    /** What a look told of the secret behind that value; empty when nothing has. */
    Optional<RemoteSecret> secret(ValueRef ref) {
        return Optional.ofNullable(byRef.get(ref)).flatMap(Sightings::secret);
    }

    /** The version ids that the latest good looks showed, by what was asked for. */
    Map<ValueRef, String> versionIds() {
        var ids = new HashMap<ValueRef, String>();
        for (var read : plan.reads()) {
            secret(read.ref())
                    .flatMap(secret -> secret.version(read.version()))
                    .ifPresent(version -> ids.put(read.ref(), version.versionId()));
        }
        return ids;
    }

    private static Optional<RemoteSecret> secret(Sighting sighting) {
        return seen(sighting).map(Sighting.Seen::secret);
    }

    private static Optional<Instant> checkedAt(Matches matches) {
        return known(matches).map(Matches.Known::checkedAt);
    }

    /** What was found at the latest look that did not fail. */
    static Optional<Matches.Known> known(Matches matches) {
        if (matches instanceof Matches.Failed failed) {
            return failed.last();
        }
        return matches instanceof Matches.Known known ? Optional.of(known) : Optional.empty();
    }

    private static Optional<SourceFailure> lasting(Matches matches) {
        return matches instanceof Matches.Failed failed && !failed.cause().failure().passing()
                ? Optional.of(failed.cause().failure())
                : Optional.empty();
    }

    private static Optional<Instant> checkedAt(Sighting sighting) {
        return seen(sighting).map(Sighting.Seen::checkedAt);
    }

    private static Optional<Sighting.Seen> seen(Sighting sighting) {
        if (sighting instanceof Sighting.Seen seen) {
            return Optional.of(seen);
        }
        if (sighting instanceof Sighting.Unwatched unwatched) {
            return unwatched.last();
        }
        return sighting instanceof Sighting.Failed failed ? failed.last() : Optional.empty();
    }

    private static Optional<SourceFailure> lasting(Sighting sighting) {
        return Stream.of(sighting)
                .filter(Sighting.Failed.class::isInstance)
                .map(failed -> ((Sighting.Failed) failed).cause())
                .map(SourceException::failure)
                .filter(failure -> !failure.passing())
                .findFirst();
    }

    private static boolean confirmedGone(Sighting sighting) {
        return sighting instanceof Sighting.Failed failed && failed.confirmedGone();
    }
}
