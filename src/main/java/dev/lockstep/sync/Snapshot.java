package dev.lockstep.sync;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.RefreshPolicy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * All that decides what is done for one ExternalSecret, already fetched.
 *
 * @param target the Secret as the cache or a live look shows it; empty when there is none
 * @param annotations the names that this ExternalSecret's annotations have
 * @param refreshInterval zero or less: synced once
 * @param hold what sync windows hold back now; empty where a sync may happen
 * @param refreshDue whether the refresh interval has passed since the last look at all values
 * @param statusInStep whether status tells of these inputs and versions; asked only where no Secret
 *     can tell
 * @param metadataDiffers whether labels, annotations or ownership of the target are not as desired
 * @param metadataIsMade whether a template makes labels or annotations of values, so that they
 *     cannot be put right without these
 * @param varies whether the same values give other data at the next time; asked only where the
 *     Secret is not known to be ours
 * @param generation what generators made, and whether new values are due
 */
public record Snapshot(
        CreationPolicy creationPolicy,
        DeletionPolicy deletionPolicy,
        RefreshPolicy refreshPolicy,
        Duration refreshInterval,
        SyncPlan plan,
        Versions versions,
        Optional<TargetSecret> target,
        String externalSecret,
        Optional<SyncHold> hold,
        boolean refreshDue,
        boolean statusInStep,
        boolean metadataDiffers,
        boolean metadataIsMade,
        boolean varies,
        Generation generation) {

    /** The same with what was found meanwhile. */
    public Snapshot with(SyncPlan found) {
        return new Snapshot(
                creationPolicy,
                deletionPolicy,
                refreshPolicy,
                refreshInterval,
                found,
                versions,
                target,
                externalSecret,
                hold,
                refreshDue,
                statusInStep,
                metadataDiffers,
                metadataIsMade,
                varies,
                generation);
    }

    /** Whether the spec asks for one sync in a Secret's life. */
    boolean writtenOnce() {
        return refreshPolicy == RefreshPolicy.CreatedOnce
                || refreshInterval.isNegative()
                || refreshInterval.isZero();
    }

    /** Whether moved versions are to be followed, so that keys have to be watched. */
    public static boolean follows(ExternalSecretSpec spec, Duration refreshInterval) {
        return spec.refreshPolicyOrDefault() == RefreshPolicy.Periodic
                && !refreshInterval.isNegative()
                && !refreshInterval.isZero();
    }

    /**
     * Whether data goes for what is gone, as the deletion policy says. What looks gone after a
     * change of store, role or key may only be out of sight, so then it stays (semantics 14).
     */
    public boolean removesWhatIsGone() {
        return carried()
                .inputs()
                .map(written -> written.sameButForceSync(plan.inputs()))
                .orElse(target.isEmpty());
    }

    SecretAnnotations.Carried carried() {
        var names = SecretAnnotations.of(creationPolicy, externalSecret);
        return names.carried(target.map(TargetSecret::annotations).orElse(Map.of()));
    }
}
