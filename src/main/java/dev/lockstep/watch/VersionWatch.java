package dev.lockstep.watch;

import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Knows the version ids of all keys in use and wakes those whom a change concerns. Safe from many
 * threads; no method waits for a provider.
 */
public final class VersionWatch implements ReadListener {
    /** Threads are made as calls need them; one identity never has more than a few. */
    private static final int MOST_THREADS = 128;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final Consumer<User> wake;
    private final WatchObserver observer;
    private final Map<Identity, Watched> identities = new ConcurrentHashMap<>();
    private final Map<User, Wanted> uses = new HashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(daemons("version-watch-timer"));
    private final ThreadPoolExecutor calls =
            new ThreadPoolExecutor(
                    0,
                    MOST_THREADS,
                    10,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    daemons("version-watch"));
    private volatile boolean leading;

    private record Watched(IdentityWatch watch, Rounds rounds) {}

    /** All that one user uses. */
    private record Wanted(List<Use> uses, List<Search> searches) {
        static final Wanted NOTHING = new Wanted(List.of(), List.of());

        Set<Identity> identities() {
            return Stream.concat(
                            uses.stream().map(Use::source), searches.stream().map(Search::source))
                    .map(SecretSource::identity)
                    .collect(Collectors.toSet());
        }

        Wanted of(Identity identity) {
            return new Wanted(
                    uses.stream().filter(use -> use.source().identity().equals(identity)).toList(),
                    searches.stream()
                            .filter(search -> search.source().identity().equals(identity))
                            .toList());
        }
    }

    /**
     * @param random spreads looks over time; safe from several threads, as {@link java.util.Random}
     *     is
     * @param wake called for each user that a change concerns, from any thread; must not block
     */
    public VersionWatch(
            InstantSource clock,
            RandomGenerator random,
            Consumer<User> wake,
            WatchObserver observer) {
        this.clock = clock;
        this.random = random;
        this.wake = wake;
        this.observer = observer;
    }

    /** Starts to look. Only the leader does: before, every key in use is {@code Pending}. */
    public synchronized void start() {
        leading = true;
        identities.values().forEach(w -> w.rounds().within(Gathering.QUIET));
    }

    /** Stops for good: no call begins and nobody is woken any more. */
    public synchronized void stop() {
        leading = false;
        identities.values().forEach(w -> w.rounds().stop());
        timer.shutdownNow();
        calls.shutdownNow();
    }

    /**
     * Replaces what a user uses; nothing at all forgets the user. Cheap where nothing is new, so
     * that it can be told at every reconcile.
     */
    public synchronized void use(User user, Collection<Use> wanted, Collection<Search> searches) {
        var next = new Wanted(List.copyOf(wanted), List.copyOf(searches));
        var before = uses.getOrDefault(user, Wanted.NOTHING);
        if (before.equals(next)) {
            return;
        }
        if (next.equals(Wanted.NOTHING)) {
            uses.remove(user);
        } else {
            uses.put(user, next);
        }
        var identities = next.identities();
        identities.forEach(identity -> use(identity, user, next.of(identity)));
        before.identities().stream()
                .filter(identity -> !identities.contains(identity))
                .forEach(identity -> leave(identity, user));
    }

    /** Replaces what a user uses who searches for nothing. */
    public void use(User user, Collection<Use> wanted) {
        use(user, wanted, List.of());
    }

    /** The user is gone. */
    public void forget(User user) {
        use(user, List.of());
    }

    /** What is known of a key just now; {@code Pending} also for one that nobody uses. */
    public Sighting look(Identity identity, RemoteKey key) {
        return watched(identity).map(w -> w.watch().look(key)).orElseGet(Sighting.Pending::new);
    }

    /** What is known just now of the secrets that match; {@code Pending} if nobody searches so. */
    public Matches look(Identity identity, Selector selector) {
        return watched(identity).map(w -> w.watch().look(selector)).orElseGet(Matches.Pending::new);
    }

    @Override
    public void saw(Identity identity, RemoteKey key, Answer answer) {
        watched(identity)
                .filter(w -> w.watch().saw(key, answer))
                .ifPresent(w -> soon(w, Duration.ZERO));
    }

    /**
     * Makes a Describe of the key due at once, within the budget: for who heard of a change and
     * does not know it for sure, such as by an event.
     */
    public void lookNow(Identity identity, RemoteKey key) {
        watched(identity)
                .ifPresent(
                        w -> {
                            w.watch().lookNow(key);
                            soon(w, Duration.ZERO);
                        });
    }

    /** How an identity's versions are watched; empty while nothing of it is. */
    public Optional<WatchReport> report(Identity identity) {
        return watched(identity).flatMap(w -> w.watch().report());
    }

    /** Tries at once what AWS denied, because a store changed. */
    public void retryDenied(Identity identity) {
        watched(identity)
                .ifPresent(
                        w -> {
                            w.watch().retryDenied();
                            soon(w, Duration.ZERO);
                        });
    }

    private Optional<Watched> watched(Identity identity) {
        return Optional.ofNullable(identities.get(identity));
    }

    private void use(Identity identity, User user, Wanted some) {
        var watched = identities.computeIfAbsent(identity, i -> begin());
        watched.watch().use(user, some.uses(), some.searches());
        soon(watched, Gathering.QUIET);
    }

    private void leave(Identity identity, User user) {
        var watched = identities.get(identity);
        watched.watch().use(user, List.of(), List.of());
        if (watched.watch().isUnused()) {
            identities.remove(identity);
            watched.rounds().stop();
            watched.watch().end();
        }
    }

    private Watched begin() {
        var watch = new IdentityWatch(clock, random, calls, this::wake, observer);
        return new Watched(watch, new Rounds(watch::tick, timer, calls));
    }

    private void soon(Watched watched, Duration delay) {
        if (leading) {
            watched.rounds().within(delay);
        }
    }

    private void wake(User user) {
        if (leading) {
            wake.accept(user);
        }
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }
}
