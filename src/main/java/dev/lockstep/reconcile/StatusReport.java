package dev.lockstep.reconcile;

import dev.lockstep.api.Condition;
import dev.lockstep.api.CreationPolicy;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretStatus;
import dev.lockstep.api.SourceStatus;
import dev.lockstep.cluster.ServedSchema;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.Conditions;
import dev.lockstep.sync.Heartbeat;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.sync.Versions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the status shall say of a reconciliation, and when to come back. No I/O. */
public final class StatusReport {
    /** How long AWS may be out of reach before Ready says so (design, difference 10). */
    private static final Duration SHORTEST_PATIENCE = Duration.ofMinutes(10);

    private static final Duration LOOK_FOR_TARGET = Duration.ofMinutes(1);
    private static final String AVAILABLE = "Available";

    /** The watch slows down for throttling without a word to its users (design). */
    private static final Optional<SyncFailure> NOT_CHECKED =
            Optional.of(SyncFailure.of(new SourceFailure.Throttled("looking at versions")));

    private final Heartbeat heartbeat;
    private final ServedSchema served;
    private final RolledOut rolledOut;
    private final Instant operatorStart;

    public StatusReport(
            Heartbeat heartbeat, ServedSchema served, RolledOut rolledOut, Instant operatorStart) {
        this.heartbeat = heartbeat;
        this.served = served;
        this.rolledOut = rolledOut;
        this.operatorStart = operatorStart;
    }

    /** The status to write; empty when what stands there still says it. */
    Optional<ExternalSecretStatus> status(
            ExternalSecret externalSecret, SyncResult result, Instant now) {
        var before = externalSecret.status();
        var after = status(externalSecret, before, result, now);
        if (!same(before, after)) {
            return Optional.of(after);
        }
        var uid = externalSecret.getMetadata().getUid();
        var last = StatusMemory.refreshTime(externalSecret, now);
        var beats = isInStep(result) && (last.isEmpty() || heartbeat.between(uid, last.get(), now));
        return beats ? Optional.of(after) : Optional.empty();
    }

    private ExternalSecretStatus status(
            ExternalSecret externalSecret,
            ExternalSecretStatus before,
            SyncResult result,
            Instant now) {
        var succeeded = result.success().isPresent();
        var sources = served.sources() ? sources(before, result) : List.<SourceStatus>of();
        var omitted = sources.size() - ExternalSecretStatus.MAX_SOURCES;
        return new ExternalSecretStatus(
                isInStep(result)
                        ? now.truncatedTo(ChronoUnit.SECONDS).toString()
                        : before.refreshTime(),
                succeeded
                        ? StatusMemory.syncedVersion(externalSecret)
                        : before.syncedResourceVersion(),
                conditions(externalSecret, before, result, now),
                binding(before, result),
                sources.subList(0, Math.min(sources.size(), ExternalSecretStatus.MAX_SOURCES)),
                omitted > 0 ? Integer.valueOf(omitted) : null);
    }

    /** What waits for its window is not in step, and so has no new refresh time. */
    private static boolean isInStep(SyncResult result) {
        return result.success().isPresent() && result.heldBack().isEmpty();
    }

    private List<Condition> conditions(
            ExternalSecret externalSecret,
            ExternalSecretStatus before,
            SyncResult result,
            Instant now) {
        var wanted = new ArrayList<Condition>();
        ready(before, result, now).ifPresent(wanted::add);
        if (served.conditions()) {
            sourceAvailable(before, result).ifPresent(wanted::add);
            rolledOut.condition(externalSecret).ifPresent(wanted::add);
        }
        return Conditions.merge(before.conditions(), wanted, now);
    }

    private Optional<Condition> ready(ExternalSecretStatus before, SyncResult result, Instant now) {
        var old = before.condition(Condition.READY);
        var trouble = result.failure().or(() -> passingTrouble(result));
        if (trouble.isPresent()) {
            var keeps = result.failure().isEmpty() || keepsReady(old, result);
            if (!keeps || isStale(result, now)) {
                var failure = trouble.get();
                return Optional.of(
                        Conditions.of(Condition.READY, false, failure.reason(), failure.message()));
            }
        }
        return result.success()
                .map(
                        s ->
                                Conditions.of(
                                        Condition.READY,
                                        true,
                                        s.reason(),
                                        result.heldBack().orElse(s.message())))
                .or(() -> old);
    }

    /** Whether a passing trouble leaves Ready as it is: the Secret carries what was last seen. */
    private static boolean keepsReady(Optional<Condition> old, SyncResult result) {
        return result.failure().filter(SyncFailure::passing).isPresent()
                && old.filter(Condition::holds).isPresent()
                && result.situation().map(StatusReport::carriesInputs).orElse(true);
    }

    private static boolean carriesInputs(Situation situation) {
        var snapshot = situation.snapshot();
        return snapshot.creationPolicy() == CreationPolicy.None
                || snapshot.target()
                        .filter(
                                target ->
                                        target.dataIsAsWritten(
                                                snapshot.creationPolicy(),
                                                snapshot.externalSecret()))
                        .filter(
                                target ->
                                        situation
                                                .metadata()
                                                .annotationNames()
                                                .carried(target.annotations())
                                                .inputs()
                                                .filter(snapshot.plan().inputs()::sameButForceSync)
                                                .isPresent())
                        .isPresent();
    }

    private boolean isStale(SyncResult result, Instant now) {
        return depends(result) && !now.isBefore(staleAt(result));
    }

    /** Whether Ready depends on looks at versions: nothing is promised that need not be watched. */
    private static boolean depends(SyncResult result) {
        return result.failure().isPresent()
                || result.situation()
                        .filter(situation -> !situation.sightings().isEmpty())
                        .filter(s -> !(s.snapshot().versions() instanceof Versions.Unwatched))
                        .isPresent();
    }

    /** When Ready turns False if nothing can be checked until then. */
    private Instant staleAt(SyncResult result) {
        var twice =
                result.situation()
                        .map(Situation::refreshInterval)
                        .orElse(Duration.ZERO)
                        .multipliedBy(2);
        var patience = twice.compareTo(SHORTEST_PATIENCE) > 0 ? twice : SHORTEST_PATIENCE;
        var checked =
                result.situation()
                        .flatMap(situation -> situation.sightings().checkedAt())
                        .filter(at -> at.isAfter(operatorStart))
                        .orElse(operatorStart);
        var last = result.failingSince().filter(at -> at.isAfter(checked)).orElse(checked);
        return last.plus(patience);
    }

    private static Optional<Condition> sourceAvailable(
            ExternalSecretStatus before, SyncResult result) {
        var trouble =
                result.failure()
                        .filter(SyncFailure::ofSource)
                        .or(() -> result.situation().flatMap(s -> s.sightings().trouble()));
        if (trouble.isPresent()) {
            return trouble.map(
                    failure ->
                            Conditions.of(
                                    Condition.SOURCE_AVAILABLE,
                                    false,
                                    failure.reason(),
                                    failure.message()));
        }
        return result.situation().isEmpty() || result.success().isEmpty()
                ? before.condition(Condition.SOURCE_AVAILABLE)
                : Optional.of(
                        Conditions.of(
                                Condition.SOURCE_AVAILABLE, true, AVAILABLE, "the source answers"));
    }

    private static Optional<SyncFailure> passingTrouble(SyncResult result) {
        return result.situation()
                .flatMap(situation -> situation.sightings().trouble())
                .filter(SyncFailure::passing);
    }

    private static ExternalSecretStatus.@Nullable Binding binding(
            ExternalSecretStatus before, SyncResult result) {
        if (result.success().isEmpty()
                || result.success().get() == SyncResult.Success.SECRET_RETAINED) {
            return before.binding();
        }
        return result.success()
                .filter(SyncResult.Success.SECRET_SYNCED::equals)
                .flatMap(success -> result.situation())
                .map(Situation::metadata)
                .filter(metadata -> metadata.policy() != CreationPolicy.None)
                .map(metadata -> new ExternalSecretStatus.Binding(metadata.name()))
                .orElse(null);
    }

    private static List<SourceStatus> sources(ExternalSecretStatus before, SyncResult result) {
        if (result.situation().isEmpty() || result.waits()) {
            return before.sources();
        }
        var situation = result.situation().get();
        return situation.plan().reads().stream()
                .map(read -> source(read, situation, before, result))
                .toList();
    }

    private static SourceStatus source(
            SyncPlan.Read read,
            Situation situation,
            ExternalSecretStatus before,
            SyncResult result) {
        var ref = read.ref();
        var old = before.sources().stream().filter(s -> StatusMemory.tells(s, ref)).findFirst();
        var carried = result.carried().get(ref);
        var versionId =
                carried != null
                        ? carried.versionId()
                        : old.map(SourceStatus::versionId).orElse(null);
        var secret = situation.sightings().secret(ref);
        if (secret.isEmpty() && old.isPresent()) {
            return old.get().withVersionId(versionId);
        }
        return new SourceStatus(
                ref.store().toString(),
                ref.key(),
                StatusMemory.version(ref).isEmpty() ? null : StatusMemory.version(ref),
                versionId,
                text(secret.map(RemoteSecret::changedAt)),
                text(secret.map(RemoteSecret::lastRotated)),
                text(secret.map(RemoteSecret::nextRotation)),
                secret.map(RemoteSecret::rotationEnabled).orElse(null),
                secret.map(RemoteSecret::kmsKeyId).orElse(null),
                text(secret.map(RemoteSecret::deletionDate)));
    }

    private static @Nullable String text(Optional<Instant> time) {
        return time.map(t -> t.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(null);
    }

    private static boolean same(ExternalSecretStatus before, ExternalSecretStatus after) {
        return Objects.equals(before.syncedResourceVersion(), after.syncedResourceVersion())
                && before.conditions().equals(after.conditions())
                && Objects.equals(before.binding(), after.binding())
                && before.sources().equals(after.sources())
                && Objects.equals(before.sourcesOmitted(), after.sourcesOmitted());
    }

    /** When to reconcile again if nothing wakes it before. */
    Duration next(ExternalSecret externalSecret, SyncResult result, Instant now) {
        var next = heartbeat.untilNext(externalSecret.getMetadata().getUid(), now);
        if (result.retryAt().isPresent()) {
            next = earlier(next, Duration.between(now, result.retryAt().get()));
        }
        if (result.success().filter(SyncResult.Success.SECRET_MISSING::equals).isPresent()) {
            next = earlier(next, LOOK_FOR_TARGET);
        }
        if (depends(result)) {
            var left = Duration.between(now, staleAt(result));
            next = left.isNegative() || left.isZero() ? next : earlier(next, left);
        }
        var generated =
                result.situation().flatMap(StatusReport::nextGeneration).filter(now::isBefore);
        if (generated.isPresent()) {
            next = earlier(next, Duration.between(now, generated.get()));
        }
        return result.situation().filter(StatusReport::needsRefresh).isPresent()
                ? earlier(next, result.situation().get().refreshInterval())
                : next;
    }

    /** When new values of a generator are due; after new ones the event of their Secret tells. */
    private static Optional<Instant> nextGeneration(Situation situation) {
        return situation
                .snapshot()
                .generation()
                .last()
                .flatMap(made -> made.until(situation.refreshInterval()));
    }

    /** Whether the refresh interval is kept by us rather than by the watch. */
    private static boolean needsRefresh(Situation situation) {
        var snapshot = situation.snapshot();
        var positive = situation.refreshInterval().compareTo(Duration.ZERO) > 0;
        return positive
                && (snapshot.versions() instanceof Versions.Unwatched
                        || snapshot.creationPolicy() == CreationPolicy.Orphan);
    }

    private static Duration earlier(Duration one, Duration other) {
        var sooner = one.compareTo(other) < 0 ? one : other;
        return sooner.isNegative() || sooner.isZero() ? Duration.ofMillis(1) : sooner;
    }
}
