package dev.lockstep.reconcile;

import dev.lockstep.api.Condition;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.rollout.RolloutReport;
import dev.lockstep.rollout.Rollouts;
import java.util.Optional;

/** What the reconciler has to do with rollouts: it says what they come to, and when to look. */
public final class RolledOut {
    private final Optional<Rollouts> rollouts;

    /**
     * @param rollouts empty where the operator may not restart anything
     */
    public RolledOut(Optional<Rollouts> rollouts) {
        this.rollouts = rollouts;
    }

    /** The condition; empty where no restarts are asked for, and before the first look. */
    Optional<Condition> condition(ExternalSecret externalSecret) {
        if (!externalSecret.spec().rolloutOrDefault().asksForRestarts()) {
            return Optional.empty();
        }
        var metadata = externalSecret.getMetadata();
        return rollouts.isEmpty()
                ? Optional.of(RolloutReport.notEnabled())
                : rollouts.get()
                        .condition(metadata.getNamespace(), metadata.getName())
                        .or(() -> externalSecret.status().condition(Condition.ROLLED_OUT));
    }

    /** Its Secret or spec may have changed. */
    void reconciled(ExternalSecret externalSecret) {
        if (externalSecret.spec().rolloutOrDefault().asksForRestarts()) {
            rollouts.ifPresent(r -> r.look(externalSecret.getMetadata().getNamespace()));
        }
    }
}
