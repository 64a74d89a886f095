package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class CachesHealthTest {
    @Test
    void cachesThatFill_areDown_untilTheyAreSynced() {
        var synced = new AtomicBoolean();
        var health = new CachesHealth(synced::get);
        assertThat(health.call().getStatus()).isEqualTo(Status.DOWN);
        synced.set(true);
        assertThat(health.call().getStatus()).isEqualTo(Status.UP);
    }
}
