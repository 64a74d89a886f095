package dev.lockstep.watch;

import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import java.time.Duration;

/**
 * Secrets that an ExternalSecret wants found, whichever they are.
 *
 * @param refreshInterval by when it must have been looked for them, whatever the budget
 */
public record Search(
        SecretSource source, Selector selector, Duration refreshInterval, WatchSettings settings) {}
