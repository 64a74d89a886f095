package dev.lockstep.reconcile;

import dev.lockstep.api.SecretStoreStatus;
import dev.lockstep.api.SecretStoreStatus.VersionWatchStatus;
import dev.lockstep.api.Store;
import dev.lockstep.cluster.ServedSchema;
import dev.lockstep.sync.Conditions;
import dev.lockstep.sync.Heartbeat;
import dev.lockstep.watch.WatchReport;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a store's status shall say. No I/O. */
final class StoreReport {
    /** As ESO for AWS: what the provider can do, not what this version serves. */
    private static final String CAPABILITIES = "ReadWrite";

    private final Heartbeat heartbeat;
    private final ServedSchema served;

    StoreReport(Heartbeat heartbeat, ServedSchema served) {
        this.heartbeat = heartbeat;
        this.served = served;
    }

    /** The status to write; empty when what stands there still says it. */
    Optional<SecretStoreStatus> status(
            Store store, StoreValidation.Result result, Optional<WatchReport> report, Instant now) {
        var before = store.status();
        var ready = result.ready(before);
        var watched =
                report.filter(any -> served.versionWatch()).map(StoreReport::status).orElse(null);
        var conditions = Conditions.merge(before.conditions(), ready.stream().toList(), now);
        var says =
                conditions.equals(before.conditions())
                        && CAPABILITIES.equals(before.capabilities())
                        && sameWatch(before.versionWatch(), watched)
                        && !beats(store, before.versionWatch(), watched, now);
        return says
                ? Optional.empty()
                : Optional.of(new SecretStoreStatus(conditions, CAPABILITIES, watched));
    }

    private boolean beats(
            Store store,
            @Nullable VersionWatchStatus before,
            @Nullable VersionWatchStatus after,
            Instant now) {
        if (before == null || after == null || after.lastCheckTime() == null) {
            return false;
        }
        var last = instant(before.lastCheckTime());
        return last == null || heartbeat.between(store.getMetadata().getUid(), last, now);
    }

    /** What moves at each look is written with the heartbeat only. */
    private static boolean sameWatch(
            @Nullable VersionWatchStatus before, @Nullable VersionWatchStatus after) {
        if (before == null || after == null) {
            return before == after;
        }
        return Objects.equals(before.mode(), after.mode())
                && Objects.equals(before.effectiveInterval(), after.effectiveInterval())
                && Objects.equals(before.reason(), after.reason());
    }

    private static VersionWatchStatus status(WatchReport report) {
        return new VersionWatchStatus(
                report.mode().name(),
                text(report.effectiveInterval()),
                report.reason().isEmpty() ? null : report.reason(),
                report.lastCheck()
                        .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse(null),
                report.callsLastHour());
    }

    /** As Kubernetes resources write durations, such as {@code 1m30s}. */
    private static String text(Duration duration) {
        return duration.truncatedTo(ChronoUnit.SECONDS)
                .toString()
                .substring(2)
                .toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(@Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
