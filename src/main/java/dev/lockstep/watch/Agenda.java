package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be described at one moment, most pressing first.
 *
 * @param sweepable how many of the due keys are asked for and would be served by a sweep as well
 * @param newKeysDue whether keys never looked at are among them
 * @param newKeysWait whether keys never looked at wait for others
 * @param next when the next key comes due, or is asked for that the budget may not pay before;
 *     {@link Instant#MAX} for none
 */
record Agenda(List<Due> due, int sweepable, boolean newKeysDue, boolean newKeysWait, Instant next) {

    /**
     * @param asked whether a refresh interval asks for it, so that no budget is needed
     * @param pressing whether it has to be described even where a sweep is about to look at it
     */
    record Due(RemoteKey key, boolean asked, boolean pressing, Instant since) {}

    private static final Comparator<Due> MOST_PRESSING =
            Comparator.comparing(Due::pressing).reversed().thenComparing(Due::since);

    static Agenda of(
            Collection<WatchedKey> keys,
            Instant now,
            @Nullable Duration interval,
            Instant newKeysWaitUntil) {
        var due = new ArrayList<Due>();
        var sweepable = 0;
        var newKeysDue = false;
        var newKeysWait = false;
        var next = Instant.MAX;
        for (var key : keys) {
            var askedAt = key.isNew() ? newKeysWaitUntil : key.askedAt();
            var extraAt = key.isNew() ? newKeysWaitUntil : key.extraAt(interval);
            var at = askedAt.isBefore(extraAt) ? askedAt : extraAt;
            if (at.isAfter(now)) {
                next = at.isBefore(next) ? at : next;
                newKeysWait |= key.isNew();
                continue;
            }
            var isAsked = !askedAt.isAfter(now);
            next = isAsked || askedAt.isAfter(next) ? next : askedAt;
            due.add(new Due(key.key, isAsked, key.pressing(), at));
            sweepable += isAsked && key.shown() && !key.pressing() ? 1 : 0;
            newKeysDue |= key.isNew();
        }
        due.sort(MOST_PRESSING);
        return new Agenda(due, sweepable, newKeysDue, newKeysWait, next);
    }

    /** Besides, secrets in doubt: whether a search still finds them decides about keys. */
    Agenda with(Map<RemoteKey, Instant> doubted, Instant now) {
        if (doubted.isEmpty()) {
            return this;
        }
        var all = new ArrayList<>(due);
        var until = next;
        for (var doubt : doubted.entrySet()) {
            if (doubt.getValue().isAfter(now)) {
                until = until.isBefore(doubt.getValue()) ? until : doubt.getValue();
            } else {
                all.removeIf(one -> one.key().equals(doubt.getKey()));
                all.add(new Due(doubt.getKey(), true, true, doubt.getValue()));
            }
        }
        all.sort(MOST_PRESSING);
        return new Agenda(all, sweepable, newKeysDue, newKeysWait, until);
    }

    List<Due> pressing() {
        return due.stream().filter(Due::pressing).toList();
    }
}
