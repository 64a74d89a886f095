package dev.lockstep.rollout;

import dev.lockstep.api.RolloutTarget;
import dev.lockstep.api.WorkloadKind;
import java.util.Comparator;

/** Which workload of a namespace. */
record WorkloadName(WorkloadKind kind, String name) implements Comparable<WorkloadName> {
    private static final Comparator<WorkloadName> ORDER =
            Comparator.comparing(WorkloadName::kind).thenComparing(WorkloadName::name);

    boolean isNamedBy(RolloutTarget target) {
        return target.kind().equals(kind.name()) && target.name().equals(name);
    }

    @Override
    public int compareTo(WorkloadName other) {
        return ORDER.compare(this, other);
    }

    /** As people write it. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
