package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import java.time.Duration;

/**
 * How often, and by which call, the versions of one identity are looked at: pure arithmetic on what
 * is asked for, what that costs and what it may cost.
 *
 * @param mode List, Describe or Off
 * @param interval of the looks that the budget pays; what refresh intervals ask comes on top
 * @param effective how often versions are really looked at, both taken together
 * @param limited whether the budget makes the interval longer than asked for
 * @param exceeded whether the refresh intervals ask for more calls than the budget has
 * @param stretch by how much throttling stretches the intervals; 1 when it does not
 */
record WatchPlan(
        VersionWatchMode mode,
        Duration interval,
        Duration effective,
        boolean limited,
        boolean exceeded,
        int stretch) {

    /** Even without budget a look is due once a day. */
    static final Duration LONGEST = Duration.ofDays(1);

    /** What is done before anything is asked for. */
    static final WatchPlan NOTHING =
            new WatchPlan(VersionWatchMode.Off, LONGEST, Duration.ZERO, false, false, 1);

    private static final double HOUR = Duration.ofHours(1).toMillis();

    /** Of the budget, the part that regular looks may use; the rest is for moves and new keys. */
    private static final double REGULAR_SHARE = 0.9;

    /** List is chosen when it saves a fifth, and left when it saves nothing. */
    private static final double WORTH_LISTING = 0.8;

    /**
     * @param keys how many calls look at all in use once, those with denied Describe aside: one for
     *     each key, and one for each page of what a search lists
     * @param refreshes their refresh intervals in milliseconds, ascending; keys without one have no
     *     entry
     */
    record Demand(int keys, long[] refreshes) {}

    /**
     * @param allowed false when the mode rules List out or AWS denied it
     * @param pages of a complete sweep; 0 when not known
     * @param unlisted how many keys in use a sweep does not show, so that each costs a Describe
     */
    record Listing(boolean allowed, int pages, int unlisted) {
        /** Calls for one look at all keys. */
        int calls() {
            return pages + unlisted;
        }
    }

    static WatchPlan of(
            WatchSettings settings, Demand demand, Listing listing, VersionWatchMode before) {
        var mode = mode(settings.mode(), demand.keys(), listing, before);
        if (mode == VersionWatchMode.Off) {
            return NOTHING;
        }
        var lists = mode == VersionWatchMode.List;
        var asked = settings.interval().toMillis();
        var budget = settings.maxCallsPerHour() * REGULAR_SHARE;
        var planned =
                lists
                        ? listInterval(asked, listing.calls(), budget - demand.keys() / 24.0)
                        : describeInterval(asked, demand, budget);
        var refreshes = lists ? cheapestAsk(demand, listing) : describeAsk(demand);
        var effective = Math.min(planned, refreshes.interval());
        return new WatchPlan(
                mode,
                Duration.ofMillis(planned),
                Duration.ofMillis(effective),
                effective > asked,
                refreshes.callsPerHour() > settings.maxCallsPerHour(),
                1);
    }

    /** This plan while AWS throttles. */
    WatchPlan stretched(int by) {
        return new WatchPlan(
                mode, interval.multipliedBy(by), effective.multipliedBy(by), limited, exceeded, by);
    }

    /** How many pages a sweep may have to be worth its calls. */
    static int pagesWorthListing(int keys) {
        return (int) (keys * WORTH_LISTING);
    }

    private static VersionWatchMode mode(
            VersionWatchMode wanted, int keys, Listing listing, VersionWatchMode before) {
        if (wanted == VersionWatchMode.Off || wanted == VersionWatchMode.Describe) {
            return wanted;
        }
        if (!listing.allowed()) {
            return VersionWatchMode.Describe;
        }
        if (wanted == VersionWatchMode.List) {
            return wanted;
        }
        var most = before == VersionWatchMode.List ? keys : keys * WORTH_LISTING;
        var lists = listing.pages() > 0 && listing.calls() < most;
        return lists ? VersionWatchMode.List : VersionWatchMode.Describe;
    }

    /** In milliseconds; a sweep that the budget can never pay at once is left to the refreshes. */
    private static long listInterval(long asked, int calls, double budget) {
        return Math.max(1, calls) > budget ? LONGEST.toMillis() : stretched(asked, calls, budget);
    }

    /**
     * The shortest interval whose calls fit the budget, where keys that are refreshed more often
     * than that cost it nothing.
     */
    private static long describeInterval(long asked, Demand demand, double budget) {
        var refreshes = demand.refreshes();
        for (var refreshed = 0; refreshed <= refreshes.length; refreshed++) {
            var least = refreshed == 0 ? asked : Math.max(asked, refreshes[refreshed - 1]);
            var interval = stretched(least, demand.keys() - refreshed, budget);
            if (refreshed == refreshes.length || interval < refreshes[refreshed]) {
                return interval;
            }
        }
        throw new AssertionError("the last turn returns");
    }

    private static long stretched(long asked, int calls, double budget) {
        if (calls == 0) {
            return Math.min(asked, LONGEST.toMillis());
        }
        var fitting = budget <= 0 ? LONGEST.toMillis() : calls * HOUR / budget;
        return (long) Math.min(Math.max(asked, Math.ceil(fitting)), LONGEST.toMillis());
    }

    /**
     * @param interval in milliseconds, by which every key with a refresh interval is looked at
     */
    private record Ask(double callsPerHour, long interval) {}

    private static Ask describeAsk(Demand demand) {
        var calls = 0.0;
        for (var refresh : demand.refreshes()) {
            calls += HOUR / refresh;
        }
        var all = demand.refreshes().length > 0 && demand.refreshes().length == demand.keys();
        return new Ask(calls, all ? demand.refreshes()[demand.keys() - 1] : Long.MAX_VALUE);
    }

    /** A few keys with short intervals are described, the others swept: the cheapest such split. */
    private static Ask cheapestAsk(Demand demand, Listing listing) {
        var refreshes = demand.refreshes();
        var described = 0.0;
        var best = new Ask(Double.MAX_VALUE, Long.MAX_VALUE);
        for (var i = 0; i < refreshes.length; i++) {
            var calls = described + listing.calls() * HOUR / refreshes[i];
            best = calls < best.callsPerHour() ? new Ask(calls, refreshes[i]) : best;
            described += HOUR / refreshes[i];
        }
        return described < best.callsPerHour() ? describeAsk(demand) : best;
    }
}
