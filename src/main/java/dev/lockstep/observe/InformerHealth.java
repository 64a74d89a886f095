package dev.lockstep.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Liveness: an operator whose watches stay broken is alive but deaf, and a restart may cure it. An
 * API server that is away for a while is no reason: the watches come back by themselves.
 */
public final class InformerHealth implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Supplier<Collection<String>> broken;
    private final Clock clock;
    private Optional<Instant> deafSince = Optional.empty();

    /**
     * @param broken the names of the watches that do not work just now
     */
    public InformerHealth(Supplier<Collection<String>> broken, Clock clock) {
        this.broken = broken;
        this.clock = clock;
    }

    @Override
    public synchronized HealthCheckResponse call() {
        var now = clock.instant();
        var watches = broken.get();
        deafSince = watches.isEmpty() ? Optional.empty() : Optional.of(deafSince.orElse(now));
        var deafTooLong = deafSince.filter(since -> !now.isBefore(since.plus(PATIENCE)));
        return HealthCheckResponse.named("watches")
                .status(deafTooLong.isEmpty())
                .withData("broken", String.join(", ", watches))
                .withData("deafSince", deafSince.map(Instant::toString).orElse("never"))
                .build();
    }
}
