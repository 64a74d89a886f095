package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers within documents are covered by gjson's own answers. */
class GoFloatTest {

    @Property
    void format_readsBackAsTheSameNumber(@ForAll double number) {
        assertThat(GoFloat.parse(GoFloat.format(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "+1.5, 1.5",
        ".5, 0.5",
        "5., 5",
        "-1e400, -Infinity",
        "INF, Infinity",
        "-infinity, -Infinity",
        "nan, NaN",
        "abc, 0",
        "'', 0",
        "1d, 0",
        "0x10, 0",
        "' 1', 0",
        "--1, 0",
        "1e, 0"
    })
    void parse_readsWhatGoReadsAndTakesTheRestForZero(String text, Double number) {
        assertThat(GoFloat.parse(text)).isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "Infinity, +Inf", "-Infinity, -Inf", "0, 0", "-0.0, -0"})
    void format_namesWhatIsNoDecimal(double number, String text) {
        assertThat(GoFloat.format(number)).isEqualTo(text);
    }
}
