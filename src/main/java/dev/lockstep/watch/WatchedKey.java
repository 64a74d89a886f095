package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** One key in use: who uses it, what is known, and when it is to be described. Not thread-safe. */
final class WatchedKey {
    static final Duration DAY = Duration.ofDays(1);
    static final Duration DENIED_RETRY = Duration.ofHours(1);

    final RemoteKey key;
    private final Map<User, Use> uses = new HashMap<>();
    private IndexEntry entry = IndexEntry.UNKNOWN;
    private @Nullable Duration refresh;
    private boolean refreshKnown = true;
    private boolean urgent;
    private boolean shown = true;
    private boolean unlisted;
    private @Nullable Instant answeredAt;
    private Instant notBefore = Instant.MIN;
    private Instant retryDeniedAt = Instant.MAX;
    private Instant dailyAt = Instant.MAX;
    private int failures;
    private Jitter jitter = new Jitter(0, false);

    WatchedKey(RemoteKey key) {
        this.key = key;
    }

    Map<User, Use> uses() {
        return uses;
    }

    void use(User user, Use use) {
        refreshKnown &= uses.put(user, use) == null;
        var asked = use.refreshInterval();
        if (refreshKnown && shorter(asked, refresh)) {
            refresh = asked;
        }
    }

    /** Whether anybody reads its tags. */
    boolean tagsUsed() {
        return uses.values().stream().anyMatch(u -> u.versions().contains(RequestedVersion.TAGS));
    }

    void forget(User user) {
        uses.remove(user);
        refreshKnown = false;
    }

    IndexEntry entry() {
        return entry;
    }

    void entry(IndexEntry next) {
        entry = next;
    }

    boolean denied() {
        return entry.denied() != null;
    }

    /** Whether the latest complete sweep showed it; true before one did. */
    boolean shown() {
        return shown;
    }

    /** Neither looked at nor tried. */
    boolean isNew() {
        return answeredAt == null && failures == 0;
    }

    /** The shortest refresh interval of its users; null where none has one. */
    @Nullable Duration refresh() {
        if (!refreshKnown) {
            refresh = null;
            for (var use : uses.values()) {
                refresh = shorter(use.refreshInterval(), refresh) ? use.refreshInterval() : refresh;
            }
            refreshKnown = true;
        }
        return refresh;
    }

    void makeUrgent() {
        urgent = true;
    }

    void retryDenied() {
        retryDeniedAt = denied() ? Instant.MIN : retryDeniedAt;
    }

    /** DescribeSecret answered, be it that the secret does not exist. */
    void answered(Instant at, RandomGenerator random) {
        dailyAt = at.plus(Jitter.drawn(random, false).early(DAY));
        retryDeniedAt = denied() ? at.plus(Jitter.drawn(random, false).around(DENIED_RETRY)) : at;
        urgent = false;
        unlisted = false;
        looked(at, Jitter.drawn(random, answeredAt == null));
    }

    /** A complete sweep showed it, or did not. */
    void swept(boolean isShown, Instant at, Jitter ofSweep, RandomGenerator random) {
        shown = isShown;
        unlisted = !shown && !denied();
        if (!shown || entry.unconfirmed()) {
            return;
        }
        if (dailyAt.equals(Instant.MAX)) {
            dailyAt = at.plusMillis((long) (random.nextDouble() * DAY.toMillis()));
        }
        looked(at, ofSweep);
    }

    /** The provider did not answer; the key is tried again later than the last time. */
    void unanswered(Instant at, RandomGenerator random) {
        notBefore = at.plus(Pace.wait(failures++, random));
    }

    /** When a refresh interval asks for a Describe; a key never looked at is asked for at once. */
    Instant askedAt() {
        if (denied()) {
            return Instant.MAX;
        }
        if (answeredAt == null) {
            return notBefore;
        }
        var shortest = refresh();
        return shortest == null
                ? Instant.MAX
                : latest(answeredAt.plus(jitter.early(shortest)), notBefore);
    }

    /**
     * When a Describe is due that the budget pays: at once for events, for what List says
     * differently or does not show; by the plan or daily else.
     *
     * @param interval between Describes; null where sweeps look at the key
     */
    Instant extraAt(@Nullable Duration interval) {
        if (denied()) {
            return retryDeniedAt;
        }
        if (answeredAt == null || pressing()) {
            return notBefore;
        }
        return latest(
                interval == null ? dailyAt : answeredAt.plus(jitter.around(interval)), notBefore);
    }

    /** Whether someone waits for it to be described, whatever the plan. */
    boolean pressing() {
        return urgent || unlisted || entry.unconfirmed();
    }

    private void looked(Instant at, Jitter next) {
        answeredAt = at;
        jitter = next;
        failures = 0;
        notBefore = Instant.MIN;
    }

    /** An interval that is not positive asks for nothing. */
    private static boolean shorter(Duration asked, @Nullable Duration than) {
        return !asked.isNegative()
                && !asked.isZero()
                && (than == null || asked.compareTo(than) < 0);
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
