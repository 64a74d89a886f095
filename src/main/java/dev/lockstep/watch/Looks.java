package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.watch.Agenda.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the calls that are due for one identity, within its pace and budget. */
final class Looks {
    /** How many keys are described before what is due is looked at again. */
    private static final int ROUND = 64;

    private static final Duration BUDGET_WAIT = Duration.ofMinutes(1);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
    private static final Duration SHORTEST_FOR_NEW_KEYS = Duration.ofMillis(10);

    private final InstantSource clock;
    private final Executor others;
    private final Listener listener;
    private final VersionIndex index;
    private final Sweeps sweeps;
    private final Pace pace;
    private final CallBudget budget = new CallBudget();
    private WatchPlan plan = WatchPlan.NOTHING;

    /** Told of what the calls changed. */
    interface Listener {
        void changed(Collection<User> concerned);

        void swept(Duration took, boolean complete);
    }

    /**
     * @param others runs Describes beside the calling thread
     */
    Looks(
            VersionIndex index,
            InstantSource clock,
            RandomGenerator random,
            Executor others,
            Listener listener) {
        this.index = index;
        this.clock = clock;
        this.others = others;
        this.listener = listener;
        this.sweeps = new Sweeps(random);
        this.pace = new Pace(random);
    }

    WatchPlan plan() {
        return plan;
    }

    int callsLastHour() {
        return budget.callsLastHour(clock.instant());
    }

    /** The refusal of ListSecrets in force, or null. */
    @Nullable SourceException listDenial() {
        return sweeps.denial();
    }

    void retryDenied() {
        index.retryDenied();
        sweeps.retryDenied();
    }

    /** Makes one round of calls; returns how long nothing more is due. */
    Duration look(SecretSource source, WatchSettings settings) {
        var now = clock.instant();
        var closed = pace.closedFor(now);
        if (settings.mode() == VersionWatchMode.Off) {
            replan(settings, now);
            return LONGEST_WAIT;
        }
        return closed.isZero() ? work(source, settings, now) : closed;
    }

    private Duration work(SecretSource source, WatchSettings settings, Instant now) {
        var keys = replan(settings, now);
        var agenda = agenda(now);
        var pressing = affordable(agenda.pressing(), settings, now);
        if (!pressing.isEmpty()) {
            describe(source, pressing);
            return Duration.ZERO;
        }
        var searches = searches(source, now);
        var sweepable = agenda.sweepable() + searches.sweepable();
        var order = sweeps.due(settings.mode(), plan, keys, sweepable, now);
        if (order.isPresent() && pays(order.get(), settings, now)) {
            sweep(source, settings, order.get(), now);
            return Duration.ZERO;
        }
        for (var search : searches.due()) {
            if (pays(search, settings, now)) {
                find(source, settings, search, now);
                return Duration.ZERO;
            }
        }
        var due = affordable(agenda.due(), settings, now);
        if (!due.isEmpty()) {
            describe(source, due);
            return Duration.ZERO;
        }
        var unpaid = order.isPresent() || !agenda.due().isEmpty() || !searches.due().isEmpty();
        var nextSweep = order.isPresent() ? Instant.MAX : sweeps.nextAt(plan);
        var retry = unpaid ? now.plus(BUDGET_WAIT) : Instant.MAX;
        var next = earlier(earlier(agenda.next(), searches.next()), earlier(nextSweep, retry));
        return wait(now, next, agenda.newKeysWait() || searches.newWait());
    }

    private Searches.Agenda searches(SecretSource source, Instant now) {
        return index.searchAgenda(
                now,
                plan.interval(),
                selector -> plan.mode() == VersionWatchMode.List && isShown(source, selector),
                new Gathering(sweeps.pages()));
    }

    private static boolean isShown(SecretSource source, Selector selector) {
        return source.listShowsTags() || selector.tags().isEmpty();
    }

    private int replan(WatchSettings settings, Instant now) {
        var census = index.census();
        var listing = sweeps.listing(settings.mode(), census.unlisted(), now);
        plan =
                WatchPlan.of(settings, census.demand(), listing, plan.mode())
                        .stretched(pace.stretch());
        return census.demand().keys();
    }

    private Agenda agenda(Instant now) {
        var interval = plan.mode() == VersionWatchMode.List ? null : plan.interval();
        return index.agenda(now, interval, new Gathering(sweeps.pages()));
    }

    private static Duration wait(Instant now, Instant next, boolean newWait) {
        var longest = now.plus(LONGEST_WAIT);
        var until = Duration.between(now, next.isBefore(longest) ? next : longest);
        var shortest = newWait ? SHORTEST_FOR_NEW_KEYS : SHORTEST_WAIT;
        return until.compareTo(shortest) > 0 ? until : shortest;
    }

    /** The first of those due whose calls may be made, counted as made. */
    private List<RemoteKey> affordable(List<Due> due, WatchSettings settings, Instant now) {
        var most = pace.troubled() ? DescribeRound.PARALLEL : ROUND;
        var keys = new ArrayList<RemoteKey>();
        for (var one : due) {
            if (keys.size() == most) {
                break;
            }
            if (one.asked()) {
                budget.asked(now);
                keys.add(one.key());
            } else if (budget.tryExtra(settings.maxCallsPerHour(), now)) {
                keys.add(one.key());
            }
        }
        return keys;
    }

    private boolean pays(Sweeps.Order order, WatchSettings settings, Instant now) {
        return order.asked()
                || budget.extraLeft(settings.maxCallsPerHour(), now) >= Math.max(1, sweeps.pages());
    }

    private boolean pays(Searches.Due search, WatchSettings settings, Instant now) {
        return search.asked()
                || budget.extraLeft(settings.maxCallsPerHour(), now) >= search.pages();
    }

    private void describe(SecretSource source, Collection<RemoteKey> keys) {
        var answers = new Answers(source::matches);
        var round = new DescribeRound(source, index::needsTags, keys, clock, answers);
        round.run(others);
        var refused = round.refused();
        if (refused != null) {
            listener.changed(index.allFailed(refused, clock.instant()));
            pace.failed(clock.instant());
        } else if (round.throttled()) {
            pace.throttled(clock.instant());
        } else if (round.anyAnswered()) {
            pace.good();
        } else {
            pace.failed(clock.instant());
        }
    }

    private void sweep(
            SecretSource source, WatchSettings settings, Sweeps.Order order, Instant began) {
        var covered = index.keys();
        var shown =
                index.selectors().stream()
                        .filter(selector -> isShown(source, selector))
                        .collect(Collectors.toSet());
        var sweep =
                new SweepRound(source::list, index::uses, index::tagsUsed, shown, source::matches);
        var complete = false;
        try {
            complete =
                    sweep.complete(
                            order.mostPages(),
                            () -> pays(order.asked(), settings),
                            () -> describePressing(source, settings));
            pace.good();
            if (complete) {
                var jitter = sweeps.completed(sweep.pages(), began);
                listener.changed(index.swept(sweep.shown(), sweep.found(), covered, began, jitter));
            } else {
                sweeps.abandoned(sweep.pages(), began);
            }
        } catch (SourceException e) {
            sweepFailed(e);
        }
        var took = Duration.between(began, clock.instant());
        listener.swept(took, complete);
    }

    /** Makes a list for one selector, which finds with fewer calls than a sweep. */
    private void find(
            SecretSource source, WatchSettings settings, Searches.Due search, Instant began) {
        var selector = search.selector();
        // The source has judged all that it lists, and may not show the tags that it judged by.
        var list =
                new SweepRound(
                        token -> source.find(selector, token),
                        index::uses,
                        index::tagsUsed,
                        Set.of(selector),
                        (any, secret) -> true);
        try {
            var complete =
                    list.complete(
                            Integer.MAX_VALUE,
                            () -> pays(search.asked(), settings),
                            () -> describePressing(source, settings));
            pace.good();
            if (complete) {
                listener.changed(index.found(selector, list, began));
            }
        } catch (SourceException e) {
            findFailed(selector, e);
        }
    }

    private void findFailed(Selector selector, SourceException cause) {
        var now = clock.instant();
        if (cause.failure() instanceof SourceFailure.AccessDenied) {
            listener.changed(index.findFailed(selector, cause, now));
        } else {
            listFailed(cause, now);
        }
    }

    private boolean pays(boolean asked, WatchSettings settings) {
        if (!asked) {
            return budget.tryExtra(settings.maxCallsPerHour(), clock.instant());
        }
        budget.asked(clock.instant());
        return true;
    }

    private void describePressing(SecretSource source, WatchSettings settings) {
        var now = clock.instant();
        if (pace.closedFor(now).isZero()) {
            var pressing = affordable(agenda(now).pressing(), settings, now);
            if (!pressing.isEmpty()) {
                describe(source, pressing);
            }
        }
    }

    private void sweepFailed(SourceException cause) {
        var now = clock.instant();
        if (cause.failure() instanceof SourceFailure.AccessDenied) {
            sweeps.denied(cause, now);
            listener.changed(index.listFailed(cause, now));
            return;
        }
        listFailed(cause, now);
    }

    private void listFailed(SourceException cause, Instant now) {
        listener.changed(index.allFailed(cause, now));
        if (cause.failure() instanceof SourceFailure.Throttled) {
            pace.throttled(now);
        } else {
            pace.failed(now);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Writes the answers of a round into the index. */
    private final class Answers implements DescribeRound.Listener {
        private final BiPredicate<Selector, RemoteSecret> matches;

        Answers(BiPredicate<Selector, RemoteSecret> matches) {
            this.matches = matches;
        }

        @Override
        public void described(RemoteKey key, RemoteSecret secret, Instant askedAt) {
            listener.changed(index.described(key, secret, askedAt, matches));
        }

        @Override
        public void failed(RemoteKey key, SourceException cause, Instant askedAt) {
            listener.changed(index.describeFailed(key, cause, askedAt));
        }
    }
}
