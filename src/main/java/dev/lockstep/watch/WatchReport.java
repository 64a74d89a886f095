package dev.lockstep.watch;

import dev.lockstep.api.VersionWatchMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the versions of one identity are watched just now, for a store's status.
 *
 * @param mode List, Describe or Off: what is really done, never Auto
 * @param effectiveInterval how often versions are really looked at
 * @param reason in one word why mode or interval are not as asked for, such as {@code ListDenied},
 *     {@code DescribeDenied} or {@code BudgetExceeded}; empty where they are
 * @param message the reason in a sentence, with the action that would lower the cost; empty as the
 *     reason is
 */
public record WatchReport(
        VersionWatchMode mode,
        Duration effectiveInterval,
        String reason,
        String message,
        Optional<Instant> lastCheck,
        int callsLastHour) {}
