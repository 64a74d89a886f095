package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one identity has in use and what is known of them. Thread-safe and never blocked by
 * a call to the provider. Whatever changes knowledge returns the users to wake.
 */
final class VersionIndex {
    private final RandomGenerator random;
    private final Map<RemoteKey, WatchedKey> keys = new HashMap<>();
    private final Map<User, Usage> usages = new HashMap<>();
    private final SharedSettings settings = new SharedSettings();
    private final Searches searches;
    private @Nullable SecretSource source;

    /** When the first and the latest of the keys never looked at arrived. */
    private Instant firstNewAt = Instant.MAX;

    private Instant lastNewAt = Instant.MIN;

    VersionIndex(RandomGenerator random) {
        this.random = random;
        this.searches = new Searches(random);
    }

    /**
     * Replaces what a user uses.
     *
     * @return the other users, if this changes for them whether anything is watched
     */
    synchronized Set<User> use(
            User user, Collection<Use> uses, Collection<Search> wanted, Instant now) {
        var wasOff = settings.isOff();
        var next = Usage.of(uses, wanted);
        var before = next.isEmpty() ? usages.remove(user) : usages.put(user, next);
        var bySelector = before == null ? Usage.NONE.bySelector() : before.bySelector();
        if (searches.use(user, bySelector, next.bySelector())) {
            isNew(now);
        }
        next.bySelector().values().forEach(search -> source = search.source());
        next.byKey()
                .forEach(
                        (key, use) -> {
                            source = use.source();
                            use(user, use, keys.computeIfAbsent(key, k -> added(k, now)));
                        });
        settings.add(next.settings());
        if (before != null) {
            settings.remove(before.settings());
            before.byKey().keySet().stream()
                    .filter(key -> !next.byKey().containsKey(key))
                    .forEach(key -> drop(user, key));
        }
        var woken = new HashSet<User>();
        if (wasOff != settings.isOff()) {
            woken.addAll(usages.keySet());
            woken.remove(user);
        }
        return woken;
    }

    private static void use(User user, Use use, WatchedKey watched) {
        watched.use(user, use);
        if (watched.tagsUsed() && watched.entry().lacksTags()) {
            watched.makeUrgent();
        }
    }

    synchronized boolean isEmpty() {
        return keys.isEmpty() && searches.isEmpty();
    }

    /** The shortest interval and the largest budget of those who share the identity. */
    synchronized WatchSettings settings() {
        return settings.merged();
    }

    /** Any of those that the users opened: all prove the same identity. */
    synchronized Optional<SecretSource> source() {
        return Optional.ofNullable(source);
    }

    synchronized boolean uses(RemoteKey key) {
        return keys.containsKey(key);
    }

    /** Whether a Describe of it has to tell its tags. */
    synchronized boolean needsTags(RemoteKey key) {
        return tagsUsed(key) || searches.needTags(key);
    }

    synchronized boolean tagsUsed(RemoteKey key) {
        return keys.containsKey(key) && keys.get(key).tagsUsed();
    }

    synchronized Set<Selector> selectors() {
        return searches.selectors();
    }

    synchronized Matches look(Selector selector) {
        return settings.isOff() ? new Matches.Unwatched() : searches.look(selector);
    }

    synchronized Sighting look(RemoteKey key) {
        var watched = keys.get(key);
        return watched == null ? new Sighting.Pending() : sighting(watched);
    }

    /** A Get answered; fresher than any List. */
    synchronized Set<User> got(
            RemoteKey key, RequestedVersion asked, RemoteVersion version, Instant askedAt) {
        return change(key, entry -> entry.got(key, asked, version, askedAt));
    }

    synchronized void makeUrgent(RemoteKey key) {
        Optional.ofNullable(keys.get(key)).ifPresent(WatchedKey::makeUrgent);
    }

    synchronized boolean presses(RemoteKey key) {
        return keys.containsKey(key) && keys.get(key).pressing();
    }

    synchronized void retryDenied() {
        searches.retryDenied();
        keys.values().forEach(WatchedKey::retryDenied);
    }

    /**
     * @param matches as the provider judges it
     */
    synchronized Set<User> described(
            RemoteKey key,
            RemoteSecret secret,
            Instant askedAt,
            BiPredicate<Selector, RemoteSecret> matches) {
        var kept = tagsUsed(key) ? secret : secret.withTags(null);
        var woken = new HashSet<>(change(key, entry -> entry.described(kept, askedAt)));
        woken.addAll(searches.described(key, secret, askedAt, matches));
        var watched = keys.get(key);
        if (watched != null && watched.entry().unconfirmed()) {
            watched.unanswered(askedAt, random);
        } else if (watched != null) {
            watched.answered(askedAt, random);
        }
        return woken;
    }

    synchronized Set<User> describeFailed(RemoteKey key, SourceException cause, Instant askedAt) {
        var woken = new HashSet<>(change(key, entry -> entry.failed(cause, askedAt)));
        woken.addAll(searches.describeFailed(key, cause, askedAt));
        var watched = keys.get(key);
        if (watched != null && IndexEntry.concernsAll(cause.failure())) {
            watched.unanswered(askedAt, random);
        } else if (watched != null) {
            watched.answered(askedAt, random);
        }
        return woken;
    }

    /**
     * A sweep reached its last page.
     *
     * @param found what it shows of each selector that it shows all matches of
     * @param covered the keys that were in use when it began: what it does not show of them, List
     *     does not show
     */
    synchronized Set<User> swept(
            Map<RemoteKey, RemoteSecret> shown,
            Map<Selector, Map<RemoteKey, RemoteSecret>> found,
            Set<RemoteKey> covered,
            Instant sweptAt,
            Jitter jitter) {
        var woken = new HashSet<>(searches.listed(found, sweptAt, jitter));
        for (var watched : keys.values()) {
            var secret = shown.get(watched.key);
            if (secret != null) {
                woken.addAll(change(watched.key, entry -> entry.listed(secret, sweptAt)));
                watched.swept(showsAll(watched, secret), sweptAt, jitter, random);
            } else if (covered.contains(watched.key)) {
                watched.swept(false, sweptAt, jitter, random);
            }
        }
        return woken;
    }

    /** Where lists do not tell the tags that somebody reads, they do not show the secret. */
    private static boolean showsAll(WatchedKey watched, RemoteSecret secret) {
        return !watched.tagsUsed() || secret.tags() != null;
    }

    /** One selector's own list reached its last page: a look at all that it finds. */
    synchronized Set<User> found(Selector selector, SweepRound round, Instant beganAt) {
        var jitter = Jitter.drawn(random, searches.isNew(selector));
        var secrets = round.found().getOrDefault(selector, Map.of());
        var woken =
                new HashSet<>(searches.found(selector, secrets, round.pages(), beganAt, jitter));
        woken.addAll(swept(round.shown(), Map.of(), Set.of(), beganAt, jitter));
        return woken;
    }

    /** One selector's own list failed. */
    synchronized Set<User> findFailed(Selector selector, SourceException cause, Instant at) {
        return searches.failed(selector, cause, at);
    }

    /** ListSecrets failed in a way that says the same of every selector. */
    synchronized Set<User> listFailed(SourceException cause, Instant at) {
        return searches.allFailed(cause, at);
    }

    /** A call failed in a way that says the same of every key. */
    synchronized Set<User> allFailed(SourceException cause, Instant at) {
        var woken = new HashSet<>(searches.allFailed(cause, at));
        for (var watched : keys.values()) {
            woken.addAll(change(watched.key, entry -> entry.failed(cause, at)));
        }
        return woken;
    }

    synchronized Set<RemoteKey> keys() {
        return Set.copyOf(keys.keySet());
    }

    /** Pure questions about all keys at one moment. */
    synchronized Census census() {
        return Census.of(keys.values(), searches.all());
    }

    /**
     * What to describe now.
     *
     * @param interval between Describes of a key; null where sweeps look at them
     * @param gathering for how long new keys are gathered, so that one sweep serves them all
     */
    synchronized Agenda agenda(Instant now, @Nullable Duration interval, Gathering gathering) {
        var agenda =
                Agenda.of(keys.values(), now, interval, gathering.until(firstNewAt, lastNewAt))
                        .with(searches.doubted(), now);
        if (agenda.newKeysDue()) {
            firstNewAt = Instant.MAX;
        }
        return agenda;
    }

    /**
     * Which selectors to make a list for now.
     *
     * @param swept whether sweeps at the plan's interval show all that a selector matches
     */
    synchronized Searches.Agenda searchAgenda(
            Instant now, Duration interval, Predicate<Selector> swept, Gathering gathering) {
        return searches.agenda(now, interval, swept, gathering.until(firstNewAt, lastNewAt));
    }

    /** What a search has found is known already. */
    private WatchedKey added(RemoteKey key, Instant now) {
        var watched = new WatchedKey(key);
        var search = searches.thatFound(key);
        if (search.isEmpty()) {
            isNew(now);
            return watched;
        }
        var at = search.get().checkedAt().orElse(now);
        watched.entry(watched.entry().listed(search.get().match(key).orElseThrow(), at));
        watched.swept(true, at, search.get().jitter(), random);
        return watched;
    }

    private void isNew(Instant now) {
        firstNewAt = now.isBefore(firstNewAt) ? now : firstNewAt;
        lastNewAt = now;
    }

    private void drop(User user, RemoteKey key) {
        var watched = keys.get(key);
        watched.forget(user);
        if (watched.uses().isEmpty()) {
            keys.remove(key);
        }
    }

    private Set<User> change(RemoteKey key, UnaryOperator<IndexEntry> change) {
        var watched = keys.get(key);
        if (watched == null) {
            return Set.of();
        }
        var before = sighting(watched);
        watched.entry(change.apply(watched.entry()));
        var after = sighting(watched);
        var woken = new HashSet<User>();
        watched.uses()
                .forEach(
                        (user, use) -> {
                            if (Wakes.concerns(before, after, use.versions())) {
                                woken.add(user);
                            }
                        });
        return woken;
    }

    private Sighting sighting(WatchedKey watched) {
        return settings.isOff()
                ? new Sighting.Unwatched("", Optional.ofNullable(watched.entry().seen()))
                : watched.entry().sighting();
    }
}
