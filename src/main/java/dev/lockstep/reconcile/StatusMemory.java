package dev.lockstep.reconcile;

import dev.lockstep.api.Condition;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.SourceStatus;
import dev.lockstep.api.StoreName;
import dev.lockstep.api.ValueRef;
import dev.lockstep.sync.ObjectHash;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.sync.Versions;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What status remembers where no Secret can. Anybody may have written it, so it only ever decides
 * whether to look again.
 */
final class StatusMemory {
    private static final String TAGS = "tags";

    private StatusMemory() {}

    /** When everything was last found in step; a time to come counts as never. */
    static Optional<Instant> refreshTime(ExternalSecret externalSecret, Instant now) {
        return instant(externalSecret.status().refreshTime()).filter(time -> !time.isAfter(now));
    }

    /** Whether status tells of this spec and these versions: for {@code creationPolicy: None}. */
    static boolean inStep(ExternalSecret externalSecret, SyncPlan plan, Versions versions) {
        var status = externalSecret.status();
        var ready = status.condition(Condition.READY).filter(Condition::holds).isPresent();
        if (!ready || !syncedVersion(externalSecret).equals(status.syncedResourceVersion())) {
            return false;
        }
        if (!(versions instanceof Versions.Known known)) {
            return true;
        }
        var told = versionIds(externalSecret, plan);
        return known.found().entrySet().stream()
                .allMatch(
                        entry ->
                                Optional.ofNullable(told.get(entry.getKey()))
                                        .map(entry.getValue().versionId()::equals)
                                        .orElse(true));
    }

    /** Version ids that status lists, by what they were asked for. */
    static Map<ValueRef, String> versionIds(ExternalSecret externalSecret, SyncPlan plan) {
        var ids = new HashMap<ValueRef, String>();
        for (var read : plan.reads()) {
            externalSecret.status().sources().stream()
                    .filter(source -> tells(source, read.ref()))
                    .map(SourceStatus::versionId)
                    .filter(id -> id != null)
                    .findFirst()
                    .ifPresent(id -> ids.put(read.ref(), id));
        }
        return ids;
    }

    /** The keys of a store that status lists as carried. */
    static Set<String> keys(ExternalSecret externalSecret, StoreName store) {
        return externalSecret.status().sources().stream()
                .filter(source -> store.toString().equals(source.store()))
                .filter(source -> source.key() != null && source.versionId() != null)
                .map(SourceStatus::key)
                .collect(Collectors.toSet());
    }

    /** ESO's {@code syncedResourceVersion} of the resource as it is now. */
    static String syncedVersion(ExternalSecret externalSecret) {
        var metadata = externalSecret.getMetadata();
        var generation = metadata.getGeneration();
        return ObjectHash.ofResourceVersion(
                generation == null ? 0 : generation,
                externalSecret.annotations(),
                externalSecret.labels());
    }

    static boolean tells(SourceStatus source, ValueRef ref) {
        var version = source.version() == null ? "" : source.version();
        return ref.store().toString().equals(source.store())
                && ref.key().equals(source.key())
                && version(ref).equals(version);
    }

    /** What status lists as the version asked for. */
    static String version(ValueRef ref) {
        return ref.what() == ValueRef.What.TAGS ? TAGS : ref.version();
    }

    private static Optional<Instant> instant(@Nullable String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
