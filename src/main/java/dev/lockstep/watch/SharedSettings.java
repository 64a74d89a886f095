package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The settings of all who share an identity, counted, and what holds for them together: the
 * shortest interval and the largest budget. Off holds where all want it, and one call where all
 * name the same.
 */
final class SharedSettings {
    private static final WatchSettings NOBODYS =
            new WatchSettings(VersionWatchMode.Auto, Duration.ofDays(1), 0);

    private final Map<WatchSettings, Integer> users = new HashMap<>();
    private WatchSettings merged = NOBODYS;

    void add(Collection<WatchSettings> settings) {
        settings.forEach(one -> users.merge(one, 1, Integer::sum));
        merge();
    }

    void remove(Collection<WatchSettings> settings) {
        settings.forEach(one -> users.computeIfPresent(one, (s, n) -> n == 1 ? null : n - 1));
        merge();
    }

    WatchSettings merged() {
        return merged;
    }

    boolean isOff() {
        return merged.mode() == VersionWatchMode.Off;
    }

    private void merge() {
        merged = users.keySet().stream().reduce(SharedSettings::both).orElse(NOBODYS);
    }

    private static WatchSettings both(WatchSettings one, WatchSettings other) {
        return new WatchSettings(
                both(one.mode(), other.mode()),
                one.interval().compareTo(other.interval()) <= 0 ? one.interval() : other.interval(),
                Math.max(one.maxCallsPerHour(), other.maxCallsPerHour()));
    }

    private static VersionWatchMode both(VersionWatchMode one, VersionWatchMode other) {
        if (one == other || other == VersionWatchMode.Off) {
            return one;
        }
        return one == VersionWatchMode.Off ? other : VersionWatchMode.Auto;
    }
}
