package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import java.time.Duration;

/**
 * How a store wants its versions watched.
 *
 * @param interval how fresh the index aims to be
 * @param maxCallsPerHour bound on AWS calls beyond what the refresh intervals ask
 */
public record WatchSettings(VersionWatchMode mode, Duration interval, int maxCallsPerHour) {}
