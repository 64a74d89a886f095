package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "1h0m0s, PT1H",
        "90s, PT1M30S",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "300ms, PT0.3S",
        "2us, PT0.000002S",
        "2µs, PT0.000002S",
        "0, PT0S",
        "-1m, PT-1M",
        "+5s, PT5S",
        "2540400h, PT2540400H"
    })
    void whatGoParses_isTheSameDuration(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "1d", "h", "1h ", "one hour", "1m-1s", "PT1H", "2562048h", "."})
    void whatGoRefuses_isEmpty(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
