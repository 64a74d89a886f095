package dev.lockstep.rollout;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * The last change of a Secret's data, as its annotations tell.
 *
 * @param outdates pods of templates older than this may have a former value
 */
public record Change(String revision, Instant at, Instant outdates) implements Comparable<Change> {
    /**
     * A workload that is installed together with its ExternalSecret is older than the Secret, but
     * waited for it.
     */
    static final Duration INSTALLING = Duration.ofMinutes(10);

    private static final Comparator<Change> ORDER =
            Comparator.comparing(Change::at).thenComparing(Change::revision);

    public Change(String revision, Instant at) {
        this(revision, at, at);
    }

    /**
     * @param created when the Secret was made, in whole seconds
     */
    public Change ofSecretMadeAt(Instant created) {
        return at.isBefore(created.plusSeconds(1))
                ? new Change(revision, at, at.minus(INSTALLING))
                : this;
    }

    /** The time as Kubernetes' own times can say it, so that pods made before it count as older. */
    Instant toTheFullSecond() {
        var second = at.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(at) ? at : second.plusSeconds(1);
    }

    @Override
    public int compareTo(Change other) {
        return ORDER.compare(this, other);
    }
}
