package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import java.time.Duration;
import java.util.Set;

/**
 * Secrets that an ExternalSecret wants found, whichever they are.
 *
 * @param refreshInterval by when it must have been looked for them, whatever the budget
 * @param carried what may have been found before anybody watched; untrusted, so it only ever costs
 *     a Describe of what lists do not show
 */
public record Search(
        SecretSource source,
        Selector selector,
        Duration refreshInterval,
        WatchSettings settings,
        Set<RemoteKey> carried) {
    public Search {
        carried = Set.copyOf(carried);
    }
}
