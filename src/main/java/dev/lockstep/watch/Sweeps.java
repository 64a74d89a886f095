package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When an identity is swept by ListSecrets, and what sweeps told about their own cost. Not
 * thread-safe.
 */
final class Sweeps {
    private static final Duration DENIED_RETRY = Duration.ofHours(1);
    private static final Duration PAGES_KNOWN_FOR = Duration.ofDays(1);

    /** So few keys are described while the number of pages is not known. */
    private static final int FEW = 2;

    private final RandomGenerator random;
    private int pages;
    private int abandonedAfter;
    private Instant learntAt = Instant.MIN;
    private @Nullable Instant sweptAt;
    private Jitter jitter;
    private @Nullable SourceException denial;
    private Instant deniedUntil = Instant.MIN;

    Sweeps(RandomGenerator random) {
        this.random = random;
        this.jitter = Jitter.drawn(random, true);
    }

    /**
     * A sweep to make.
     *
     * @param asked whether first looks or refresh intervals ask for it, so that no budget is needed
     * @param mostPages after so many it is not worth its calls and given up
     */
    record Order(boolean asked, int mostPages) {}

    /** Of the last complete sweep; 0 when not known. */
    int pages() {
        return pages;
    }

    /** The refusal of ListSecrets in force, or null. */
    @Nullable SourceException denial() {
        return denial;
    }

    WatchPlan.Listing listing(VersionWatchMode wanted, int unlisted, Instant now) {
        return new WatchPlan.Listing(mayList(wanted, now), pages, unlisted);
    }

    /**
     * @param sweepable how many keys are asked for now that a sweep would serve
     * @param interval between regular sweeps
     */
    Optional<Order> due(
            VersionWatchMode wanted, WatchPlan plan, int keys, int sweepable, Instant now) {
        forgetOldPages(plan, now);
        if (!mayList(wanted, now)) {
            return Optional.empty();
        }
        if (pages > 0 || wanted == VersionWatchMode.List) {
            var worth = pages > 0 ? pages : FEW;
            var regular = plan.mode() == VersionWatchMode.List && !regularAt(plan).isAfter(now);
            return sweepable > worth || regular
                    ? Optional.of(new Order(sweepable > worth, Integer.MAX_VALUE))
                    : Optional.empty();
        }
        var worth = WatchPlan.pagesWorthListing(keys);
        return worth > 0 && worth >= 2 * abandonedAfter
                ? Optional.of(new Order(sweepable > worth, worth))
                : Optional.empty();
    }

    /** When the next sweep is due by the plan. */
    Instant nextAt(WatchPlan plan) {
        return plan.mode() == VersionWatchMode.List ? regularAt(plan) : Instant.MAX;
    }

    /**
     * @return the jitter of all that was swept, so that it comes due together
     */
    Jitter completed(int pagesSeen, Instant at) {
        pages = Math.max(1, pagesSeen);
        abandonedAfter = 0;
        denial = null;
        swept(at);
        return jitter;
    }

    /** Given up before the last page, for its cost. */
    void abandoned(int pagesSeen, Instant at) {
        abandonedAfter = Math.max(1, pagesSeen);
        denial = null;
        swept(at);
    }

    void denied(SourceException cause, Instant at) {
        denial = cause;
        deniedUntil = at.plus(Jitter.drawn(random, false).around(DENIED_RETRY));
        pages = 0;
        abandonedAfter = 0;
    }

    void retryDenied() {
        deniedUntil = Instant.MIN;
    }

    private boolean mayList(VersionWatchMode wanted, Instant now) {
        var names = wanted == VersionWatchMode.Auto || wanted == VersionWatchMode.List;
        return names && !now.isBefore(deniedUntil);
    }

    private Instant regularAt(WatchPlan plan) {
        return sweptAt == null ? Instant.MIN : sweptAt.plus(jitter.around(plan.interval()));
    }

    private void swept(Instant at) {
        jitter = Jitter.drawn(random, sweptAt == null);
        sweptAt = at;
        learntAt = at;
    }

    /** Where nothing is swept, the number of pages is looked at again once a day. */
    private void forgetOldPages(WatchPlan plan, Instant now) {
        var known = pages > 0 || abandonedAfter > 0;
        if (known
                && plan.mode() != VersionWatchMode.List
                && now.isAfter(learntAt.plus(PAGES_KNOWN_FOR))) {
            pages = 0;
            abandonedAfter = 0;
        }
    }
}
