package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.SourceException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with all keys of an identity.
 *
 * @param denied how many of them may not be described
 * @param denial one of those refusals, the same one while it lasts; or null
 * @param unlisted how many the latest complete sweep did not show
 * @param demand of those that are watched
 * @param lastCheck when any of them was last looked at; null when none was
 */
record Census(
        int keys,
        int denied,
        @Nullable SourceException denial,
        int unlisted,
        WatchPlan.Demand demand,
        @Nullable Instant lastCheck) {

    /**
     * What a search finds is looked at by its list, each of whose pages costs as much as a
     * Describe.
     */
    static Census of(Collection<WatchedKey> keys, Collection<WatchedSearch> searches) {
        var denied = 0;
        var unlisted = 0;
        WatchedKey firstDenied = null;
        Instant lastCheck = null;
        var refreshes = LongStream.builder();
        var looks = 0;
        var found = new HashSet<RemoteKey>();
        for (var search : searches) {
            looks += search.pages();
            found.addAll(search.keys());
            for (var page = 0; page < search.pages() && search.refresh() != null; page++) {
                refreshes.add(search.refresh().toMillis());
            }
        }
        for (var key : keys) {
            var isFound = found.contains(key.key);
            looks += isFound || key.denied() ? 0 : 1;
            if (key.denied()) {
                denied++;
                firstDenied = firstByName(key, firstDenied);
            } else if (key.refresh() != null && !isFound) {
                refreshes.add(key.refresh().toMillis());
            }
            unlisted += key.shown() || key.denied() ? 0 : 1;
            var seen = key.entry().seen();
            if (seen != null && (lastCheck == null || seen.checkedAt().isAfter(lastCheck))) {
                lastCheck = seen.checkedAt();
            }
        }
        var demand = new WatchPlan.Demand(looks, refreshes.build().sorted().toArray());
        var denial = firstDenied == null ? null : firstDenied.entry().denied();
        return new Census(keys.size(), denied, denial, unlisted, demand, lastCheck);
    }

    /** Whether nothing is left to watch, since every key in use is denied. */
    boolean allDenied() {
        return keys > 0 && denied == keys;
    }

    private static WatchedKey firstByName(WatchedKey one, @Nullable WatchedKey other) {
        return other == null || one.key.id().compareTo(other.key.id()) < 0 ? one : other;
    }
}
