package dev.lockstep.reconcile;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.cluster.EsoClusterFinalizers;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Lets pass what people change (force-sync is an annotation), and that another operator takes hold.
 */
public final class ClusterExternalSecretChanged implements OnUpdateFilter<ClusterExternalSecret> {

    @Override
    public boolean accept(ClusterExternalSecret now, ClusterExternalSecret before) {
        var to = now.getMetadata();
        var from = before.getMetadata();
        return !Objects.equals(to.getGeneration(), from.getGeneration())
                || !now.annotations().equals(before.annotations())
                || EsoClusterFinalizers.isOn(now) && !EsoClusterFinalizers.isOn(before)
                || !Objects.equals(to.getUid(), from.getUid())
                || !Objects.equals(to.getDeletionTimestamp(), from.getDeletionTimestamp());
    }
}
