package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** One identity's watch over a fake account, in time that passes only here. */
final class WatchScene implements WatchObserver {
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final Duration HOUR = Duration.ofHours(1);

    final ManualClock clock = new ManualClock();
    final FakeAccount account;
    final List<User> woken = new ArrayList<>();
    final List<Boolean> exceeded = new ArrayList<>();
    final List<Boolean> sweeps = new ArrayList<>();
    final IdentityWatch watch;
    private VersionWatchMode mode = VersionWatchMode.Auto;
    private Duration interval = MINUTE;
    private int maxCallsPerHour = 2000;
    private Duration refresh = HOUR;

    WatchScene(FakeAccount account) {
        this(account, 1);
    }

    WatchScene(FakeAccount account, long seed) {
        this.account = account;
        this.watch = new IdentityWatch(clock, new Random(seed), Runnable::run, woken::add, this);
    }

    WatchScene mode(VersionWatchMode wanted) {
        mode = wanted;
        return this;
    }

    WatchScene interval(Duration wanted) {
        interval = wanted;
        return this;
    }

    WatchScene maxCallsPerHour(int wanted) {
        maxCallsPerHour = wanted;
        return this;
    }

    WatchScene refresh(Duration wanted) {
        refresh = wanted;
        return this;
    }

    /** One user per key, named as the key is, for AWSCURRENT. */
    WatchScene useAll(int keys) {
        for (var i = 0; i < keys; i++) {
            use(FakeAccount.key(i).id());
        }
        return this;
    }

    void use(String key) {
        use(user(key), key, RequestedVersion.CURRENT);
    }

    void use(User user, String key, RequestedVersion version) {
        watch.use(user, List.of(aUse(account, key, version)), List.of());
    }

    /** The user searches, and uses whatever is found by now. */
    void find(User user, Selector selector) {
        find(user, selector, Set.of());
    }

    /** As one that had found these names before anybody watched. */
    void find(User user, Selector selector, Set<RemoteKey> carried) {
        var settings = new WatchSettings(mode, interval, maxCallsPerHour);
        watch.use(
                user,
                found(selector).stream()
                        .map(key -> aUse(account, key, RequestedVersion.CURRENT))
                        .toList(),
                List.of(new Search(account, selector, refresh, settings, carried)));
    }

    /** The names that are found, be it in spite of a failure. */
    List<String> found(Selector selector) {
        var matches = watch.look(selector);
        var known =
                matches instanceof Matches.Failed failed
                        ? failed.last()
                        : Optional.of(matches)
                                .filter(Matches.Known.class::isInstance)
                                .map(Matches.Known.class::cast);
        return known.stream().flatMap(k -> k.keys().stream()).map(RemoteKey::id).toList();
    }

    Use aUse(SecretSource source, String key, RequestedVersion version) {
        var settings = new WatchSettings(mode, interval, maxCallsPerHour);
        return new Use(source, new RemoteKey(key), Set.of(version), refresh, settings);
    }

    static User user(String name) {
        return new User("shop", name);
    }

    /** Time passes, and the watch does what comes due. */
    void pass(Duration time) {
        var end = clock.instant().plus(time);
        while (true) {
            var wait = watch.tick();
            if (clock.instant().plus(wait).isAfter(end)) {
                clock.pass(Duration.between(clock.instant(), end));
                return;
            }
            clock.pass(wait);
        }
    }

    /** First looks are done, and whom they woke is forgotten. */
    WatchScene settled() {
        pass(Duration.ofSeconds(5));
        woken.clear();
        account.calls.clear();
        return this;
    }

    Sighting look(String key) {
        return watch.look(new RemoteKey(key));
    }

    Instant checkedAt(String key) {
        return ((Sighting.Seen) look(key)).checkedAt();
    }

    /** The version id that the index shows behind AWSCURRENT. */
    String current(String key) {
        return ((Sighting.Seen) look(key)).secret().versionsByLabel().get("AWSCURRENT");
    }

    @Override
    public void swept(VersionWatchMode how, Duration took, boolean complete) {
        sweeps.add(complete);
    }

    @Override
    public void budgetExceeded(boolean isExceeded) {
        exceeded.add(isExceeded);
    }
}
