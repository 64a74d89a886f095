package dev.lockstep.reconcile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import dev.lockstep.api.ExternalSecretStatus;
import dev.lockstep.sync.SyncFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * What this process remembers of each ExternalSecret because nothing in the cluster tells it: when
 * its values were last looked at, the last failed attempt, and recent repairs. Lost at a restart,
 * which costs one more attempt.
 */
public final class SyncHistory {
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);

    /** A watch that is slower than this has other troubles. */
    private static final Duration CACHE_LAG = Duration.ofSeconds(10);

    private static final Duration REPAIR_WINDOW = Duration.ofMinutes(1);
    private static final Duration QUIET = REPAIR_WINDOW.multipliedBy(2);
    private static final int REPAIRS_PER_WINDOW = 5;

    private final RandomGenerator random;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /**
     * Let go of in time also where nothing more happens, or an idle operator would hold them all.
     */
    private final Cache<String, Reported> reported =
            Caffeine.newBuilder()
                    .expireAfterWrite(CACHE_LAG)
                    .scheduler(Scheduler.systemScheduler())
                    .build();

    public SyncHistory(RandomGenerator random) {
        this.random = random;
    }

    /** A failed attempt: what it was made of, and when it may be made again. */
    record Attempt(String madeOf, SyncFailure failure, Instant since, Instant retryAt, int inARow) {
        Attempt withRetryAt(Instant later) {
            return new Attempt(madeOf, failure, since, later, inARow);
        }
    }

    /** JOSDK runs one reconciliation per object at a time, so an entry needs no lock of its own. */
    private static final class Entry {
        private Optional<Instant> refreshedAt = Optional.empty();
        private Optional<Attempt> failed = Optional.empty();
        private final Deque<Instant> repairs = new ArrayDeque<>();
        private boolean contested;
    }

    /** When all values were last looked at by this process. */
    Optional<Instant> refreshedAt(String uid) {
        return entry(uid).refreshedAt;
    }

    /** The last failed attempt, until one succeeds. */
    Optional<Attempt> failed(String uid) {
        return entry(uid).failed;
    }

    void succeeded(String uid) {
        entry(uid).failed = Optional.empty();
    }

    void refreshed(String uid, Instant now) {
        entry(uid).refreshedAt = Optional.of(now);
    }

    /**
     * Remembers a failed attempt.
     *
     * @param madeOf the same attempt is not made again before its time
     * @param refreshInterval when a lasting failure is tried again
     */
    Attempt failed(
            String uid, String madeOf, SyncFailure failure, Instant now, Duration refreshInterval) {
        var entry = entry(uid);
        var before = entry.failed.filter(attempt -> attempt.failure().triedSoon());
        var inARow = failure.triedSoon() ? before.map(Attempt::inARow).orElse(0) + 1 : 0;
        var wait = failure.triedSoon() ? backOff(inARow) : jittered(refreshInterval);
        return remember(entry, madeOf, failure, now, now.plus(wait), inARow);
    }

    /** Remembers that an attempt is not made before its turn. */
    Attempt putOff(String uid, String madeOf, SyncFailure failure, Instant now, Instant retryAt) {
        return remember(entry(uid), madeOf, failure, now, retryAt, 0);
    }

    private static Attempt remember(
            Entry entry,
            String madeOf,
            SyncFailure failure,
            Instant now,
            Instant retryAt,
            int inARow) {
        var since = entry.failed.map(Attempt::since).orElse(now);
        var attempt = new Attempt(madeOf, failure, since, retryAt, inARow);
        entry.failed = Optional.of(attempt);
        return attempt;
    }

    /**
     * Counts a repair of drift. Five a minute are free; whoever makes us do more is answered once a
     * minute, until it is quiet for two.
     *
     * @return how long to wait before it; zero when it may be made now
     */
    Duration beforeRepair(String uid, Instant now) {
        var entry = entry(uid);
        var repairs = entry.repairs;
        if (!repairs.isEmpty() && repairs.getLast().isBefore(now.minus(QUIET))) {
            repairs.clear();
            entry.contested = false;
        }
        while (repairs.size() > 1 && repairs.getFirst().isBefore(now.minus(REPAIR_WINDOW))) {
            repairs.removeFirst();
        }
        entry.contested |= repairs.size() >= REPAIRS_PER_WINDOW;
        var turn = entry.contested ? repairs.getLast().plus(REPAIR_WINDOW) : now;
        if (turn.isAfter(now)) {
            return Duration.between(now, turn);
        }
        repairs.addLast(now);
        return Duration.ZERO;
    }

    /** Remembers a status that is written, until the cache shows it. */
    void reported(
            String uid, ExternalSecretStatus before, ExternalSecretStatus after, Instant now) {
        reported.put(uid, new Reported(before, after, now));
    }

    /** The status as it is: our own last write where the cache has not seen that yet. */
    ExternalSecretStatus status(String uid, ExternalSecretStatus cached, Instant now) {
        return Optional.ofNullable(reported.getIfPresent(uid))
                .filter(last -> last.before().equals(cached))
                .filter(last -> now.isBefore(last.at().plus(CACHE_LAG)))
                .map(Reported::after)
                .orElse(cached);
    }

    private record Reported(ExternalSecretStatus before, ExternalSecretStatus after, Instant at) {}

    void forget(String uid) {
        entries.remove(uid);
        reported.invalidate(uid);
    }

    /** A little less than asked, so that what began together does not stay together. */
    Duration jittered(Duration interval) {
        return interval.minus(
                interval.dividedBy(10).multipliedBy(random.nextInt(100)).dividedBy(100));
    }

    private Duration backOff(int inARow) {
        var doubled = FIRST_BACK_OFF.multipliedBy(1L << Math.min(inARow - 1, 10));
        return jittered(doubled.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : doubled);
    }

    private Entry entry(String uid) {
        return entries.computeIfAbsent(uid, any -> new Entry());
    }
}
