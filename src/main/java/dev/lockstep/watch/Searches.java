package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * The selectors that one identity has in use and what they find. Whatever changes knowledge returns
 * the users to wake. Not thread-safe: the index locks.
 */
final class Searches {
    private final RandomGenerator random;
    private final Map<Selector, WatchedSearch> bySelector = new HashMap<>();

    Searches(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Replaces what a user searches for.
     *
     * @return whether any selector is new
     */
    boolean use(User user, Map<Selector, Search> before, Map<Selector, Search> next) {
        var added = false;
        for (var search : next.entrySet()) {
            var known = bySelector.get(search.getKey());
            added |= known == null;
            if (known == null) {
                known = new WatchedSearch(search.getKey());
                bySelector.put(search.getKey(), known);
            }
            known.use(user, search.getValue());
        }
        for (var selector : before.keySet()) {
            if (!next.containsKey(selector)) {
                drop(user, selector);
            }
        }
        return added;
    }

    private void drop(User user, Selector selector) {
        var search = bySelector.get(selector);
        search.forget(user);
        if (search.uses().isEmpty()) {
            bySelector.remove(selector);
        }
    }

    boolean isEmpty() {
        return bySelector.isEmpty();
    }

    Set<Selector> selectors() {
        return Set.copyOf(bySelector.keySet());
    }

    Collection<WatchedSearch> all() {
        return bySelector.values();
    }

    Matches look(Selector selector) {
        var search = bySelector.get(selector);
        return search == null ? new Matches.Pending() : search.look();
    }

    boolean isNew(Selector selector) {
        return bySelector.containsKey(selector) && bySelector.get(selector).isNew();
    }

    /** A search that found the key and so knows it; empty when none did. */
    Optional<WatchedSearch> thatFound(RemoteKey key) {
        return bySelector.values().stream().filter(s -> s.match(key).isPresent()).findFirst();
    }

    /** Whether a Describe of the key has to tell its tags. */
    boolean needTags(RemoteKey key) {
        return bySelector.values().stream()
                .anyMatch(search -> !search.selector.tags().isEmpty() && search.concerns(key));
    }

    /** Lists reached their last pages. */
    Set<User> listed(Map<Selector, Map<RemoteKey, RemoteSecret>> shown, Instant at, Jitter ofList) {
        var woken = new HashSet<User>();
        shown.forEach(
                (selector, secrets) ->
                        woken.addAll(change(selector, s -> s.listed(secrets, at, ofList))));
        return woken;
    }

    /** One selector's own list reached its last page. */
    Set<User> found(
            Selector selector,
            Map<RemoteKey, RemoteSecret> secrets,
            int pages,
            Instant at,
            Jitter jitter) {
        Optional.ofNullable(bySelector.get(selector)).ifPresent(search -> search.pages(pages));
        return listed(Map.of(selector, secrets), at, jitter);
    }

    Set<User> failed(Selector selector, SourceException cause, Instant at) {
        return change(selector, search -> search.failed(cause, at, random));
    }

    Set<User> allFailed(SourceException cause, Instant at) {
        var woken = new HashSet<User>();
        selectors().forEach(selector -> woken.addAll(failed(selector, cause, at)));
        return woken;
    }

    /**
     * @param matches as the provider judges it
     */
    Set<User> described(
            RemoteKey key,
            RemoteSecret secret,
            Instant at,
            BiPredicate<Selector, RemoteSecret> matches) {
        return concerned(
                key,
                search -> {
                    var told = search.selector.tags().isEmpty() || secret.tags() != null;
                    if (told) {
                        var still = matches.test(search.selector, secret);
                        search.judged(key, still ? secret.withTags(null) : null, at);
                    }
                });
    }

    Set<User> describeFailed(RemoteKey key, SourceException cause, Instant at) {
        return concerned(
                key,
                search -> {
                    if (cause.failure() instanceof SourceFailure.NotFound) {
                        search.judged(key, null, at);
                    } else {
                        search.unjudged(key, cause, at, random);
                    }
                });
    }

    void retryDenied() {
        bySelector.values().forEach(WatchedSearch::retryDenied);
    }

    /** The secrets in doubt, each with the time from which on it is to be described. */
    Map<RemoteKey, Instant> doubted() {
        var times = new HashMap<RemoteKey, Instant>();
        for (var search : bySelector.values()) {
            search.doubted().forEach((key, at) -> times.merge(key, at, Searches::earlier));
        }
        return times;
    }

    /**
     * Which lists are to be made at one moment.
     *
     * @param asked whether a refresh interval asks for it, so that no budget is needed
     */
    record Due(Selector selector, boolean asked, int pages) {}

    /**
     * @param due the longest due first
     * @param next when the next comes due, or is asked for that the budget may not pay before
     */
    record Agenda(List<Due> due, boolean newWait, Instant next) {
        /** How many calls asked for now a sweep would make needless. */
        int sweepable() {
            return due.stream().filter(Due::asked).mapToInt(Due::pages).sum();
        }
    }

    /**
     * @param swept whether sweeps at the plan's interval show all that a selector matches
     * @param newWaitUntil how long new selectors wait for others
     */
    Agenda agenda(Instant now, Duration interval, Predicate<Selector> swept, Instant newWaitUntil) {
        var due = new ArrayList<Map.Entry<Instant, Due>>();
        var newWait = false;
        var next = Instant.MAX;
        for (var search : bySelector.values()) {
            var askedAt = search.isNew() ? newWaitUntil : search.askedAt();
            var extraAt = search.extraAt(swept.test(search.selector) ? null : interval);
            var at = earlier(askedAt, extraAt);
            if (at.isAfter(now)) {
                next = earlier(next, at);
                newWait |= search.isNew();
                continue;
            }
            var asked = !askedAt.isAfter(now);
            next = asked ? next : earlier(next, askedAt);
            due.add(Map.entry(at, new Due(search.selector, asked, search.pages())));
        }
        due.sort(Map.Entry.comparingByKey());
        return new Agenda(due.stream().map(Map.Entry::getValue).toList(), newWait, next);
    }

    private Set<User> concerned(RemoteKey key, Consumer<WatchedSearch> change) {
        var woken = new HashSet<User>();
        bySelector.values().stream()
                .filter(search -> search.concerns(key))
                .map(search -> search.selector)
                .collect(Collectors.toSet())
                .forEach(selector -> woken.addAll(change(selector, change)));
        return woken;
    }

    private Set<User> change(Selector selector, Consumer<WatchedSearch> change) {
        var search = bySelector.get(selector);
        if (search == null) {
            return Set.of();
        }
        var before = search.look();
        change.accept(search);
        return concerns(before, search.look()) ? Set.copyOf(search.uses().keySet()) : Set.of();
    }

    /** Versions of what is found are told by the index itself. */
    private static boolean concerns(Matches before, Matches after) {
        return !before.getClass().equals(after.getClass())
                || !reason(before).equals(reason(after))
                || !keys(before).equals(keys(after));
    }

    private static String reason(Matches matches) {
        return matches instanceof Matches.Failed failed ? failed.cause().failure().reason() : "";
    }

    private static List<RemoteKey> keys(Matches matches) {
        if (matches instanceof Matches.Failed failed) {
            return failed.last().map(Matches.Known::keys).orElse(List.of());
        }
        return matches instanceof Matches.Known known ? known.keys() : List.of();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
