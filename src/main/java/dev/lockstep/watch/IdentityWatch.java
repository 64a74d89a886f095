package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.watch.Agenda.Due;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Watches the keys of one identity. Each {@link #tick} does what is due and tells when to come
 * again, so that time comes from outside; ticks never overlap.
 */
final class IdentityWatch {
    /** How many keys are described before what is due is looked at again. */
    static final int ROUND = 64;

    private static final Duration IDLE = Duration.ofHours(1);
    private static final Duration BUDGET_WAIT = Duration.ofMinutes(1);
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
    private static final Duration SHORTEST_FOR_NEW_KEYS = Duration.ofMillis(10);

    private final InstantSource clock;
    private final Executor others;
    private final Consumer<User> wake;
    private final WatchObserver observer;
    private final VersionIndex index;
    private final Sweeps sweeps;
    private final Pace pace;
    private final CallBudget budget = new CallBudget();
    private WatchPlan plan = WatchPlan.NOTHING;
    private boolean toldExceeded;
    private volatile boolean retryDenied;
    private volatile @Nullable WatchReport report;

    /**
     * @param random safe from several threads
     * @param others runs Describes beside the thread that ticks
     */
    IdentityWatch(
            InstantSource clock,
            RandomGenerator random,
            Executor others,
            Consumer<User> wake,
            WatchObserver observer) {
        this.clock = clock;
        this.others = others;
        this.wake = wake;
        this.observer = observer;
        this.index = new VersionIndex(random);
        this.sweeps = new Sweeps(random);
        this.pace = new Pace(random);
    }

    void use(User user, Collection<Use> uses) {
        wakeAll(index.use(user, uses, clock.instant()));
    }

    boolean isUnused() {
        return index.isEmpty();
    }

    Sighting look(RemoteKey key) {
        return index.look(key);
    }

    /**
     * @return whether the answer makes a Describe due at once
     */
    boolean saw(RemoteKey key, ReadListener.Answer answer) {
        wakeAll(index.got(key, answer.asked(), answer.version(), answer.askedAt()));
        return index.presses(key);
    }

    void lookNow(RemoteKey key) {
        index.makeUrgent(key);
    }

    /** Lets the next tick try again what was denied. */
    void retryDenied() {
        retryDenied = true;
    }

    /** As of the latest tick; empty before the first. */
    Optional<WatchReport> report() {
        return Optional.ofNullable(report);
    }

    /** Nothing is watched any more: takes back what the observer was told of this identity. */
    void end() {
        exceeded(false);
    }

    /** Does what is due; returns how long nothing more is. */
    Duration tick() {
        var now = clock.instant();
        var settings = index.settings();
        var source = index.source();
        if (source.isEmpty() || index.isEmpty()) {
            return IDLE;
        }
        if (retryDenied) {
            retryDenied = false;
            index.retryDenied();
            sweeps.retryDenied();
        }
        var closed = pace.closedFor(now);
        var wait = closed;
        if (settings.mode() == VersionWatchMode.Off) {
            replan(settings, now);
            wait = IDLE;
        } else if (closed.isZero()) {
            wait = work(source.get(), settings, now);
        }
        publish(settings);
        return wait;
    }

    private Duration work(SecretSource source, WatchSettings settings, Instant now) {
        var keys = replan(settings, now);
        var agenda = agenda(now);
        var pressing = affordable(agenda.pressing(), settings, now);
        if (!pressing.isEmpty()) {
            describe(source, pressing);
            return Duration.ZERO;
        }
        var order = sweeps.due(settings.mode(), plan, keys, agenda.sweepable(), now);
        if (order.isPresent() && pays(order.get(), settings, now)) {
            sweep(source, settings, order.get(), now);
            return Duration.ZERO;
        }
        var due = affordable(agenda.due(), settings, now);
        if (!due.isEmpty()) {
            describe(source, due);
            return Duration.ZERO;
        }
        var unpaid = order.isPresent() || !agenda.due().isEmpty();
        var nextSweep = order.isPresent() ? Instant.MAX : sweeps.nextAt(plan);
        var retry = unpaid ? now.plus(BUDGET_WAIT) : Instant.MAX;
        return wait(now, earlier(agenda.next(), earlier(nextSweep, retry)), agenda);
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

    private static Duration wait(Instant now, Instant next, Agenda agenda) {
        var longest = now.plus(IDLE);
        var until = Duration.between(now, next.isBefore(longest) ? next : longest);
        var shortest = agenda.newKeysWait() ? SHORTEST_FOR_NEW_KEYS : SHORTEST_WAIT;
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

    private void describe(SecretSource source, Collection<RemoteKey> keys) {
        var round = new DescribeRound(source, keys, clock, new Answers());
        round.run(others);
        var refused = round.refused();
        if (refused != null) {
            wakeAll(index.allFailed(refused, clock.instant()));
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
        var sweep = new SweepRound(source, index::uses);
        var complete = false;
        try {
            complete =
                    sweep.complete(
                            order.mostPages(),
                            () -> pays(order, settings),
                            () -> describePressing(source, settings));
            pace.good();
            if (complete) {
                var jitter = sweeps.completed(sweep.pages(), began);
                wakeAll(index.swept(sweep.shown(), covered, began, jitter));
            } else {
                sweeps.abandoned(sweep.pages(), began);
            }
        } catch (SourceException e) {
            sweepFailed(e);
        }
        var took = Duration.between(began, clock.instant());
        observer.swept(VersionWatchMode.List, took, complete);
    }

    private boolean pays(Sweeps.Order order, WatchSettings settings) {
        if (!order.asked()) {
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
            return;
        }
        wakeAll(index.allFailed(cause, now));
        if (cause.failure() instanceof SourceFailure.Throttled) {
            pace.throttled(now);
        } else {
            pace.failed(now);
        }
    }

    private void publish(WatchSettings settings) {
        exceeded(plan.exceeded());
        var calls = budget.callsLastHour(clock.instant());
        report = Reporting.report(settings, plan, index.census(), sweeps.denial(), calls);
    }

    private void exceeded(boolean now) {
        if (now != toldExceeded) {
            observer.budgetExceeded(now);
        }
        toldExceeded = now;
    }

    private void wakeAll(Collection<User> users) {
        users.forEach(wake);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Writes the answers of a round into the index. */
    private final class Answers implements DescribeRound.Listener {
        @Override
        public void described(RemoteKey key, RemoteSecret secret, Instant askedAt) {
            wakeAll(index.described(key, secret, askedAt));
        }

        @Override
        public void failed(RemoteKey key, SourceException cause, Instant askedAt) {
            wakeAll(index.describeFailed(key, cause, askedAt));
        }
    }
}
