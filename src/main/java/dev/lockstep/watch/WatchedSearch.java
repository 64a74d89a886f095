package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One selector: who searches by it, what complete lists showed, and what a Describe has yet to
 * judge because a list may lag. Not thread-safe.
 */
final class WatchedSearch {
    /** Twice as long as a list may lag, an answer of Describe is believed against it. */
    private static final Duration BELIEVED = Duration.ofMinutes(10);

    final Selector selector;
    private final Map<User, Search> uses = new HashMap<>();
    private final SortedMap<RemoteKey, RemoteSecret> matches =
            new TreeMap<>(Comparator.comparing(RemoteKey::id));
    private final Set<RemoteKey> foundMarked = new HashSet<>();
    private final Map<RemoteKey, Doubt> doubts = new HashMap<>();
    private final Map<RemoteKey, Instant> left = new HashMap<>();
    private @Nullable Instant checkedAt;
    private @Nullable SourceException trouble;
    private Jitter jitter = new Jitter(0, false);
    private Instant notBefore = Instant.MIN;
    private int failures;
    private int pages = 1;

    /** A secret whose Describe has to tell whether it matches; with the refusal to tell, if any. */
    private record Doubt(Instant notBefore, int failures, @Nullable SourceException denied) {
        static final Doubt FRESH = new Doubt(Instant.MIN, 0, null);
    }

    WatchedSearch(Selector selector) {
        this.selector = selector;
    }

    Map<User, Search> uses() {
        return uses;
    }

    void use(User user, Search search) {
        var before = uses.put(user, search);
        if (before == null && checkedAt != null) {
            doubtCarried(search);
        }
    }

    void forget(User user) {
        uses.remove(user);
        doubts.keySet().removeIf(key -> isCarriedOnly(key) && !isCarried(key));
    }

    private boolean isCarried(RemoteKey key) {
        return uses.values().stream().anyMatch(search -> search.carried().contains(key));
    }

    /** Whether nobody here has seen or judged it: all there is of it is a name. */
    private boolean isCarriedOnly(RemoteKey key) {
        return !matches.containsKey(key) && !left.containsKey(key);
    }

    /** No list shows what was found before anybody watched: that may be the list's fault. */
    private void doubtCarried(Search search) {
        search.carried().stream()
                .filter(this::isCarriedOnly)
                .forEach(key -> doubts.putIfAbsent(key, Doubt.FRESH));
    }

    Matches look() {
        var known = known();
        var failure = trouble == null ? denial() : trouble;
        if (failure != null) {
            return new Matches.Failed(failure, known);
        }
        return known.map(Matches.class::cast).orElseGet(Matches.Pending::new);
    }

    /** Nothing, while it is open whether something found before is still to be among it. */
    private Optional<Matches.Known> known() {
        if (doubts.keySet().stream().anyMatch(this::isCarriedOnly)) {
            return Optional.empty();
        }
        return Optional.ofNullable(checkedAt)
                .map(at -> new Matches.Known(List.copyOf(matches.values()), foundMarked, at));
    }

    /** The refusal to describe a secret that the list does not show any more; the first by name. */
    private @Nullable SourceException denial() {
        return doubts.entrySet().stream()
                .filter(doubt -> doubt.getValue().denied() != null)
                .min(Comparator.comparing(doubt -> doubt.getKey().id()))
                .map(doubt -> doubt.getValue().denied())
                .orElse(null);
    }

    Optional<RemoteSecret> match(RemoteKey key) {
        return Optional.ofNullable(matches.get(key));
    }

    Set<RemoteKey> keys() {
        return matches.keySet();
    }

    /** How many pages its own list had; at least one. */
    int pages() {
        return pages;
    }

    Jitter jitter() {
        return jitter;
    }

    Optional<Instant> checkedAt() {
        return Optional.ofNullable(checkedAt);
    }

    /** Neither looked for nor tried. */
    boolean isNew() {
        return checkedAt == null && failures == 0 && trouble == null;
    }

    /**
     * A list reached its last page.
     *
     * @param shown all that match on it
     * @param ofList the jitter of all that was listed together
     */
    void listed(Map<RemoteKey, RemoteSecret> shown, Instant at, Jitter ofList) {
        left.values().removeIf(until -> !at.isBefore(until));
        doubts.keySet().removeIf(key -> shown.containsKey(key) != left.containsKey(key));
        shown.forEach(
                (key, secret) -> {
                    if (left.containsKey(key)) {
                        doubts.putIfAbsent(key, Doubt.FRESH);
                    } else {
                        match(key, secret);
                    }
                });
        for (var key : matches.keySet()) {
            if (!shown.containsKey(key)) {
                doubts.putIfAbsent(key, Doubt.FRESH);
            }
        }
        if (checkedAt == null) {
            uses.values().forEach(this::doubtCarried);
        }
        checkedAt = at;
        trouble = null;
        failures = 0;
        notBefore = Instant.MIN;
        jitter = ofList;
    }

    private void match(RemoteKey key, RemoteSecret secret) {
        var before = matches.put(key, secret);
        if (secret.deletionDate() == null) {
            foundMarked.remove(key);
        } else if (before == null) {
            foundMarked.add(key);
        }
    }

    void pages(int seen) {
        pages = Math.max(1, seen);
    }

    /** The list, or every call alike, failed. */
    void failed(SourceException cause, Instant at, RandomGenerator random) {
        if (cause.failure() instanceof SourceFailure.AccessDenied) {
            trouble = cause;
            notBefore = at.plus(Jitter.drawn(random, false).around(WatchedKey.DENIED_RETRY));
            return;
        }
        notBefore = at.plus(Pace.wait(failures++, random));
        // Being slowed down takes nothing from what is known.
        var keepsQuiet = cause.failure() instanceof SourceFailure.Throttled && checkedAt != null;
        trouble = keepsQuiet ? trouble : cause;
    }

    void retryDenied() {
        if (trouble != null) {
            notBefore = Instant.MIN;
        }
        doubts.replaceAll((key, doubt) -> doubt.denied() == null ? doubt : Doubt.FRESH);
    }

    /** Whether a fresh look at that secret says something about what is found. */
    boolean concerns(RemoteKey key) {
        return matches.containsKey(key) || doubts.containsKey(key);
    }

    /**
     * DescribeSecret told of a secret that it {@link #concerns}.
     *
     * @param secret null when it does not exist or does not match
     */
    void judged(RemoteKey key, @Nullable RemoteSecret secret, Instant at) {
        doubts.remove(key);
        if (secret == null) {
            matches.remove(key);
            foundMarked.remove(key);
            left.put(key, at.plus(BELIEVED));
        } else {
            match(key, secret);
            left.remove(key);
        }
    }

    /** A secret in doubt could not be described. */
    void unjudged(RemoteKey key, SourceException cause, Instant at, RandomGenerator random) {
        doubts.computeIfPresent(
                key,
                (k, doubt) ->
                        cause.failure() instanceof SourceFailure.AccessDenied
                                ? new Doubt(
                                        at.plus(
                                                Jitter.drawn(random, false)
                                                        .around(WatchedKey.DENIED_RETRY)),
                                        0,
                                        cause)
                                : new Doubt(
                                        at.plus(Pace.wait(doubt.failures(), random)),
                                        doubt.failures() + 1,
                                        doubt.denied()));
    }

    /** The secrets to be described, each with the time from which on. */
    Map<RemoteKey, Instant> doubted() {
        var times = new HashMap<RemoteKey, Instant>();
        doubts.forEach((key, doubt) -> times.put(key, doubt.notBefore()));
        return times;
    }

    /** The shortest refresh interval of those who search; null where none has one. */
    @Nullable Duration refresh() {
        return uses.values().stream()
                .map(Search::refreshInterval)
                .filter(interval -> !interval.isNegative() && !interval.isZero())
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    /** When a refresh interval asks for a list; one never made is asked for at once. */
    Instant askedAt() {
        if (checkedAt == null || trouble != null) {
            return notBefore;
        }
        var shortest = refresh();
        return shortest == null
                ? Instant.MAX
                : latest(checkedAt.plus(jitter.early(shortest)), notBefore);
    }

    /**
     * When a list is due that the budget pays.
     *
     * @param interval between lists; null where sweeps show all that matches
     */
    Instant extraAt(@Nullable Duration interval) {
        return checkedAt == null || interval == null
                ? Instant.MAX
                : latest(checkedAt.plus(jitter.around(interval)), notBefore);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
