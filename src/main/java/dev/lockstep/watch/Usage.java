package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.Selector;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one user uses of one identity: one use per key, and none by version id, which never move;
 * one search per selector.
 */
record Usage(
        Map<RemoteKey, Use> byKey, Map<Selector, Search> bySelector, Set<WatchSettings> settings) {
    static final Usage NONE = new Usage(Map.of(), Map.of(), Set.of());

    static Usage of(Collection<Use> uses, Collection<Search> searches) {
        var bySelector = new HashMap<Selector, Search>();
        var byKey = new HashMap<RemoteKey, Use>();
        var settings = new HashSet<WatchSettings>();
        for (var use : uses) {
            var labels = use.versions().stream().filter(v -> !v.byId()).toList();
            if (!labels.isEmpty()) {
                byKey.merge(use.key(), withVersions(use, labels), Usage::both);
                settings.add(use.settings());
            }
        }
        for (var search : searches) {
            bySelector.merge(search.selector(), search, Usage::both);
            settings.add(search.settings());
        }
        return new Usage(Map.copyOf(byKey), Map.copyOf(bySelector), Set.copyOf(settings));
    }

    boolean isEmpty() {
        return byKey.isEmpty() && bySelector.isEmpty();
    }

    private static Search both(Search one, Search other) {
        var refresh = shorter(one.refreshInterval(), other.refreshInterval());
        var carried = new HashSet<>(one.carried());
        carried.addAll(other.carried());
        return new Search(one.source(), one.selector(), refresh, one.settings(), carried);
    }

    private static Use withVersions(Use use, List<RequestedVersion> labels) {
        return new Use(
                use.source(), use.key(), Set.copyOf(labels), use.refreshInterval(), use.settings());
    }

    private static Use both(Use one, Use other) {
        var versions = new HashSet<>(one.versions());
        versions.addAll(other.versions());
        var refresh = shorter(one.refreshInterval(), other.refreshInterval());
        return new Use(one.source(), one.key(), versions, refresh, one.settings());
    }

    private static Duration shorter(Duration one, Duration other) {
        var asksNothing = one.isNegative() || one.isZero();
        var otherAsks = !other.isNegative() && !other.isZero();
        return asksNothing || otherAsks && other.compareTo(one) < 0 ? other : one;
    }
}
