package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretStatus;
import dev.lockstep.cluster.EventRecorder;
import dev.lockstep.observe.ConditionMetrics;
import dev.lockstep.observe.OperatorMetrics;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.sync.Decision;
import dev.lockstep.sync.SyncFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happened to an ExternalSecret: events, log, metrics. */
public final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final String KIND = "ExternalSecret";

    private final EventRecorder events;
    private final OperatorMetrics metrics;
    private final ConditionMetrics conditions;

    public Announcer(EventRecorder events, OperatorMetrics metrics, ConditionMetrics conditions) {
        this.events = events;
        this.metrics = metrics;
        this.conditions = conditions;
    }

    /**
     * @param status the status that is written; empty when it stays
     */
    void announce(
            ExternalSecret externalSecret,
            SyncResult result,
            Optional<ExternalSecretStatus> status,
            Instant now) {
        var metadata = externalSecret.getMetadata();
        conditions.set(
                KIND,
                metadata.getNamespace(),
                metadata.getName(),
                status.orElseGet(externalSecret::status).conditions());
        change(externalSecret, result);
        result.failure()
                .filter(failure -> result.fresh())
                .ifPresent(failure -> failure(externalSecret, failure, status.isPresent()));
        result.changes().cause().ifPresent(cause -> synced(result, cause, now));
    }

    private void change(ExternalSecret externalSecret, SyncResult result) {
        var secret = externalSecret.targetName();
        var keys = String.join(", ", result.changes().keys());
        switch (result.changes().change()) {
            case CREATED ->
                    normal(
                            externalSecret,
                            "Created",
                            "Secret %s created with the keys %s".formatted(secret, keys));
            case UPDATED ->
                    normal(
                            externalSecret,
                            "Updated",
                            "Secret %s updated: keys %s".formatted(secret, keys));
            case DELETED ->
                    normal(
                            externalSecret,
                            "Deleted",
                            "Secret %s deleted: the remote secret is gone".formatted(secret));
            case METADATA -> LOG.debug("metadata of Secret {} put right", secret);
            case NONE -> {}
        }
    }

    private void normal(ExternalSecret externalSecret, String reason, String message) {
        LOG.info(message);
        events.normal(externalSecret, reason, "", message);
    }

    private void failure(ExternalSecret externalSecret, SyncFailure failure, boolean news) {
        if (news) {
            LOG.warn("{}: {}", failure.reason(), failure.detail());
        } else {
            LOG.debug("{}: {}", failure.reason(), failure.detail());
        }
        metrics.failed(failure.reason());
        events.warning(externalSecret, "UpdateFailed", failure.reason(), failure.detail());
    }

    private void synced(SyncResult result, Decision.Cause cause, Instant now) {
        metrics.synced(cause.name());
        if (cause == Decision.Cause.VERSION_MOVED) {
            result.carried().keySet().stream()
                    .flatMap(
                            ref ->
                                    result
                                            .situation()
                                            .flatMap(s -> s.sightings().secret(ref))
                                            .stream())
                    .map(RemoteSecret::changedAt)
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .ifPresent(changedAt -> metrics.carried(Duration.between(changedAt, now)));
        }
    }

    /** The object is gone, or another operator's. */
    void forget(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        conditions.remove(KIND, metadata.getNamespace(), metadata.getName());
    }
}
