package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.Selector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Watches the keys of one identity. Each {@link #tick} does what is due and tells when to come
 * again, so that time comes from outside; ticks never overlap.
 */
final class IdentityWatch implements Looks.Listener {
    private static final Duration IDLE = Duration.ofHours(1);

    private final InstantSource clock;
    private final Consumer<User> wake;
    private final WatchObserver observer;
    private final VersionIndex index;
    private final Looks looks;
    private boolean toldExceeded;
    private boolean ended;
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
        this.wake = wake;
        this.observer = observer;
        this.index = new VersionIndex(random);
        this.looks = new Looks(index, clock, random, others, this);
    }

    void use(User user, Collection<Use> uses, Collection<Search> searches) {
        changed(index.use(user, uses, searches, clock.instant()));
    }

    boolean isUnused() {
        return index.isEmpty();
    }

    Sighting look(RemoteKey key) {
        return index.look(key);
    }

    Matches look(Selector selector) {
        return index.look(selector);
    }

    /**
     * @return whether the answer makes a Describe due at once
     */
    boolean saw(RemoteKey key, ReadListener.Answer answer) {
        changed(index.got(key, answer.asked(), answer.version(), answer.askedAt()));
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
    synchronized void end() {
        ended = true;
        exceeded(false);
    }

    /** Does what is due; returns how long nothing more is. */
    Duration tick() {
        var settings = index.settings();
        var source = index.source();
        if (source.isEmpty() || index.isEmpty()) {
            return IDLE;
        }
        if (retryDenied) {
            retryDenied = false;
            looks.retryDenied();
        }
        var wait = looks.look(source.get(), settings);
        publish(settings);
        return wait;
    }

    @Override
    public void changed(Collection<User> concerned) {
        concerned.forEach(wake);
    }

    @Override
    public void swept(Duration took, boolean complete) {
        observer.swept(VersionWatchMode.List, took, complete);
    }

    private void publish(WatchSettings settings) {
        var plan = looks.plan();
        exceeded(plan.exceeded());
        var calls = looks.callsLastHour();
        report = Reporting.report(settings, plan, index.census(), looks.listDenial(), calls);
    }

    private synchronized void exceeded(boolean now) {
        var exceeds = now && !ended;
        if (exceeds != toldExceeded) {
            observer.budgetExceeded(exceeds);
        }
        toldExceeded = exceeds;
    }
}
