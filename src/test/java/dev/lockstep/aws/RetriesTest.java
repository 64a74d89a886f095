package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.lockstep.api.SecretStoreSpec.RetrySettings;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RetriesTest {

    @Test
    void withoutSettings_theSdksStandardDecides() {
        assertThat(Retries.of(null).strategy().maxAttempts()).isEqualTo(3);
    }

    static Stream<Arguments> attempts() {
        return Stream.of(arguments(null, 3), arguments(1, 1), arguments(5, 5), arguments(0, 101));
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void maxRetries_areAttempts(@Nullable Integer maxRetries, int attempts) {
        assertThat(Retries.of(settings(maxRetries, null)).strategy().maxAttempts())
                .isEqualTo(attempts);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2s, 0",
        "4, 2s, 6",
        // bounded, so that a tenant cannot hold a worker for hours
        "100, 1h, 120",
        "0, 100000h, 120",
    })
    void delays_areAddedToTheCallsTime(int maxRetries, String interval, int seconds) {
        assertThat(Retries.of(settings(maxRetries, interval)).waiting())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        "3, soon, retrySettings.retryInterval 'soon' must be a duration such as 2s",
        "3, -2s, retrySettings.retryInterval '-2s' must be a duration such as 2s",
        "-1, 2s, retrySettings.maxRetries must not be negative",
    })
    void wrongSettings_areNamed(int maxRetries, String interval, String problem) {
        assertThat(Retries.problem(settings(maxRetries, interval))).contains(problem);
    }

    @Test
    void rightSettings_areNoProblem() {
        assertThat(Retries.problem(settings(3, "1m30s"))).isEmpty();
    }

    private static RetrySettings settings(@Nullable Integer maxRetries, @Nullable String interval) {
        return new RetrySettings(maxRetries, interval, Map.of());
    }
}
