package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.StoreName;
import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.Snapshot;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.sync.TargetSecret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An ExternalSecret and all that was gathered about it.
 *
 * @param refreshInterval the spec's, not below what the admin allows
 * @param metadata the target as it should be, but for its data
 */
record Situation(
        ExternalSecret externalSecret,
        Map<StoreName, OpenStore> stores,
        List<OpenGenerator> generators,
        Sightings sightings,
        Duration refreshInterval,
        DesiredSecret metadata,
        Snapshot snapshot) {

    /** The same once it is known what there is to find. */
    Situation with(SyncPlan plan) {
        return new Situation(
                externalSecret,
                stores,
                generators,
                new Sightings(plan, sightings.byRef(), sightings.byFind()),
                refreshInterval,
                metadata,
                snapshot.with(plan));
    }

    SyncPlan plan() {
        return snapshot.plan();
    }

    Optional<TargetSecret> target() {
        return snapshot.target();
    }
}
