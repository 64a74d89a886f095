package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenuredGenerationTest {

    @ParameterizedTest
    @CsvSource({
        "20, 0, false",
        "30, 0, true",
        "50, 30, false",
        "60, 30, true",
        "140, 115, false",
        "144, 110, true"
    })
    void isCollected_whenAQuarterAndMoreThanAFewMib_mayBeGarbage(
            long usedMib, long keptMib, boolean worthIt) {
        assertThat(TenuredGeneration.isWorthIt(usedMib << 20, keptMib << 20)).isEqualTo(worthIt);
    }
}
