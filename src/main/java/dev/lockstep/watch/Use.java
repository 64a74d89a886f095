package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import java.time.Duration;
import java.util.Set;

/**
 * A key that an ExternalSecret wants watched.
 *
 * @param versions those asked for by label; a version id never moves and is not watched
 * @param refreshInterval by when its versions must have been checked, whatever the budget
 */
public record Use(
        SecretSource source,
        RemoteKey key,
        Set<RequestedVersion> versions,
        Duration refreshInterval,
        WatchSettings settings) {

    public Use {
        versions = Set.copyOf(versions);
    }
}
