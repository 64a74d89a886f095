package dev.lockstep.observe;

import java.util.function.BooleanSupplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Start-up: over once the operator's caches hold what the cluster has, be it leader or standby. */
public final class CachesHealth implements HealthCheck {
    private final BooleanSupplier synced;

    /**
     * @param synced whether every cache was filled once
     */
    public CachesHealth(BooleanSupplier synced) {
        this.synced = synced;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("caches").status(synced.getAsBoolean()).build();
    }
}
