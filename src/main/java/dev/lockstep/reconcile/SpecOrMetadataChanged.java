package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.EsoFinalizer;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Lets pass what people change: spec, labels, annotations (force-sync is one); and that another
 * operator takes hold. Our own status writes are not worth a reconciliation.
 */
public final class SpecOrMetadataChanged implements OnUpdateFilter<ExternalSecret> {

    @Override
    public boolean accept(ExternalSecret now, ExternalSecret before) {
        var to = now.getMetadata();
        var from = before.getMetadata();
        return !Objects.equals(to.getGeneration(), from.getGeneration())
                || !now.labels().equals(before.labels())
                || !now.annotations().equals(before.annotations())
                || EsoFinalizer.isOn(now) && !EsoFinalizer.isOn(before)
                || !Objects.equals(to.getUid(), from.getUid())
                || !Objects.equals(to.getDeletionTimestamp(), from.getDeletionTimestamp());
    }
}
