package dev.lockstep.sync;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The generators of an ExternalSecret, and when they last made values. A generator's version is its
 * UID, its generation, and the start of the refresh period last due, which is kept on the Secret
 * (semantics 1): so values are made once per refresh interval, and not by a resync, a restart of
 * the operator or drift of metadata.
 *
 * @param uses in the order of the spec; empty where there is no generator
 * @param last when the Secret's values were made; empty when no Secret tells
 * @param due whether new values are due
 * @param expiring whether that is because a token nears its end
 */
public record Generation(List<Use> uses, Optional<Made> last, boolean due, boolean expiring) {
    public static final Generation NONE =
            of(List.of(), Optional.empty(), Duration.ZERO, Instant.MIN);

    public Generation {
        uses = List.copyOf(uses);
    }

    public static Generation of(
            List<Use> uses, Optional<Made> last, Duration refreshInterval, Instant now) {
        return new Generation(
                uses,
                last,
                last.filter(made -> made.isDue(refreshInterval, now)).isPresent(),
                last.filter(made -> made.isDue(Duration.ZERO, now)).isPresent());
    }

    /** One generator at one state. */
    public record Use(String uid, long generation) {}

    /**
     * When values were made.
     *
     * @param renewAt when a token among them is to be renewed, whatever the refresh interval; empty
     *     where none expires
     */
    public record Made(Instant at, Optional<Instant> renewAt) {
        private static final Duration SHORTEST_LIFE = Duration.ofMinutes(1);

        /**
         * A quarter of a token's life is left to renew it, for AWS may not answer at once and
         * mounted files lag.
         *
         * @param life of the token that expires first; empty where none expires
         */
        public static Made of(Instant at, Optional<Duration> life) {
            return new Made(
                    at,
                    life.map(whole -> whole.multipliedBy(3).dividedBy(4))
                            .map(left -> left.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : left)
                            .map(at::plus));
        }

        /** When new values are due; empty where they never are. */
        public Optional<Instant> until(Duration refreshInterval) {
            var refresh =
                    refreshInterval.isNegative() || refreshInterval.isZero()
                            ? Optional.<Instant>empty()
                            : Optional.of(at.plus(refreshInterval));
            return refresh.map(
                            next -> renewAt.filter(renewal -> renewal.isBefore(next)).orElse(next))
                    .or(() -> renewAt);
        }

        public boolean isDue(Duration refreshInterval, Instant now) {
            return until(refreshInterval).filter(next -> !now.isBefore(next)).isPresent();
        }
    }

    public boolean isUsed() {
        return !uses.isEmpty();
    }

    /** The versions annotation of values of the last period, by that of what was read for them. */
    String versions(String ofReads) {
        return isUsed() ? last.map(made -> versions(ofReads, made)).orElse("") : ofReads;
    }

    /** The versions annotation of values made then, by that of what was read for them. */
    public String versions(String ofReads, Made made) {
        return isUsed()
                ? Fingerprint.of(ofReads, uses.toString(), made.at().toString()).substring(0, 40)
                : ofReads;
    }
}
