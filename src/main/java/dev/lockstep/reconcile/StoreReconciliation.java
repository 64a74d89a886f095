package dev.lockstep.reconcile;

import dev.lockstep.api.Condition;
import dev.lockstep.api.GoDuration;
import dev.lockstep.api.SecretStoreStatus;
import dev.lockstep.api.Store;
import dev.lockstep.cluster.EventRecorder;
import dev.lockstep.cluster.ServedSchema;
import dev.lockstep.observe.ConditionMetrics;
import dev.lockstep.source.Identity;
import dev.lockstep.sync.Heartbeat;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.watch.VersionWatch;
import dev.lockstep.watch.WatchReport;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What both kinds of store have in common: validate, tell, come back. */
public final class StoreReconciliation {
    private static final Logger LOG = LoggerFactory.getLogger(StoreReconciliation.class);

    /** How soon a changed way of watching shows in the status; looking costs no call. */
    private static final Duration LOOK_AT_WATCH = Duration.ofMinutes(1);

    private final StoreValidation validation;
    private final VersionWatch watch;
    private final SyncHistory history;
    private final StoreReport report;
    private final EventRecorder events;
    private final ConditionMetrics conditions;
    private final Duration refreshInterval;
    private final Clock clock;

    public StoreReconciliation(
            StoreValidation validation,
            VersionWatch watch,
            SyncHistory history,
            EventRecorder events,
            ConditionMetrics conditions,
            ServedSchema served,
            ReconcileOptions options,
            Clock clock) {
        this.validation = validation;
        this.watch = watch;
        this.history = history;
        this.report = new StoreReport(new Heartbeat(options.statusHeartbeat()), served);
        this.events = events;
        this.conditions = conditions;
        this.refreshInterval = options.storeRefreshInterval();
        this.clock = clock;
    }

    /**
     * @param status to write; empty when it stays
     * @param next when to come back; empty for another operator's store
     */
    record Outcome(Optional<SecretStoreStatus> status, Optional<Duration> next) {}

    Outcome reconcile(Store store) {
        if (!validation.serves(store)) {
            forget(store);
            return new Outcome(Optional.empty(), Optional.empty());
        }
        var now = clock.instant();
        var result = validation.validate(store);
        var watched = result.identity().flatMap(watch::report);
        var status = report.status(store, result, watched, now);
        announce(store, result, status, watched);
        return new Outcome(status, Optional.of(next(store, result, now)));
    }

    void forget(Store store) {
        var metadata = store.getMetadata();
        validation.forget(store);
        history.forget(metadata.getUid());
        conditions.remove(store.kind().name(), namespace(store), metadata.getName());
    }

    private Duration next(Store store, StoreValidation.Result result, Instant now) {
        var uid = store.getMetadata().getUid();
        if (result.failure().isEmpty()) {
            history.succeeded(uid);
            var interval = refreshInterval(store);
            return interval.compareTo(LOOK_AT_WATCH) < 0 ? interval : LOOK_AT_WATCH;
        }
        var attempt = history.failed(uid, "", result.failure().get(), now, refreshInterval(store));
        return Duration.between(now, attempt.retryAt());
    }

    private void announce(
            Store store,
            StoreValidation.Result result,
            Optional<SecretStoreStatus> status,
            Optional<WatchReport> watched) {
        var current = status.orElseGet(store::status).conditions();
        conditions.set(
                store.kind().name(), namespace(store), store.getMetadata().getName(), current);
        result.failure().ifPresent(failure -> failed(store, result, failure, status.isPresent()));
        var becameValid =
                result.failure().isEmpty()
                        && store.status()
                                .condition(Condition.READY)
                                .filter(Condition::holds)
                                .isEmpty();
        if (becameValid) {
            events.normal(store, StoreValidation.VALID, "", validMessage(result));
        }
        if (status.isPresent()) {
            watched.filter(way -> !way.message().isEmpty())
                    .ifPresent(
                            way ->
                                    events.warning(
                                            store, way.reason(), "versionWatch", way.message()));
        }
    }

    private void failed(
            Store store, StoreValidation.Result result, SyncFailure failure, boolean news) {
        if (news) {
            LOG.warn("{}: {}", result.reason(), failure.detail());
        }
        events.warning(
                store,
                result.reason(),
                failure.reason(),
                failure.reason() + ": " + failure.detail());
    }

    private static String validMessage(StoreValidation.Result result) {
        var session = result.identity().flatMap(StoreReconciliation::sessionName);
        return result.message()
                + session.map(name -> "; CloudTrail shows it as session " + name).orElse("");
    }

    private static Optional<String> sessionName(Identity identity) {
        var roles = identity.roles();
        if (!roles.isEmpty()) {
            return Optional.of(roles.get(roles.size() - 1).sessionName());
        }
        return identity.credentials() instanceof Identity.Credentials.ServiceAccountToken token
                ? Optional.of(token.sessionName())
                : Optional.empty();
    }

    /** The store's own interval, seconds or a duration; zero, less or none: the operator's. */
    private Duration refreshInterval(Store store) {
        return Optional.ofNullable(store.spec().refreshInterval())
                .flatMap(StoreReconciliation::duration)
                .filter(interval -> interval.compareTo(Duration.ZERO) > 0)
                .orElse(refreshInterval);
    }

    private static Optional<Duration> duration(IntOrString interval) {
        var seconds = interval.getIntVal();
        return seconds != null
                ? Optional.of(Duration.ofSeconds(seconds))
                : GoDuration.parse(interval.getStrVal());
    }

    private static String namespace(Store store) {
        var namespace = store.getMetadata().getNamespace();
        return namespace == null ? "" : namespace;
    }
}
