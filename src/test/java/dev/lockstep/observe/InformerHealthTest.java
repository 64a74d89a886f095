package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class InformerHealthTest {
    private final Collection<String> broken = new ArrayList<>();
    private final ManualClock clock = new ManualClock();
    private final InformerHealth health = new InformerHealth(() -> broken, clock);

    @Test
    void watchesThatWork_areUp() {
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void aWatchThatReconnects_isUp() {
        broken.add("externalsecret/secrets");
        assertThat(status()).isEqualTo(Status.UP);
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void aWatchThatStaysBroken_isDownAfterFiveMinutes() {
        broken.add("externalsecret/secrets");
        status();
        clock.advance(Duration.ofMinutes(5));
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    @Test
    void aWatchThatCameBackBetween_startsAnew() {
        broken.add("externalsecret/secrets");
        status();
        clock.advance(Duration.ofMinutes(4));
        broken.clear();
        status();
        broken.add("externalsecret/secrets");
        status();
        clock.advance(Duration.ofMinutes(4));
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void aDeafOperator_tellsSinceWhen_andToWhat() {
        broken.add("externalsecret/secrets");
        status();
        clock.advance(Duration.ofMinutes(1));
        assertThat(health.call().getData().orElseThrow())
                .containsEntry("broken", "externalsecret/secrets")
                .containsEntry("deafSince", "2026-01-01T00:00:00Z");
    }

    private Status status() {
        return health.call().getStatus();
    }

    private static final class ManualClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
