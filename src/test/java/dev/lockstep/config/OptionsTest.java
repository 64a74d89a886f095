package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The options are those of the README, and no others are taken. */
class OptionsTest {

    @Test
    void theReadme_listsEveryOption_andNoOther() throws IOException {
        assertThat(rows()).containsExactlyInAnyOrderElementsOf(Options.all());
    }

    private static List<Options.Option> rows() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `lockstep."))
                .map(line -> line.split("\\|"))
                .map(cells -> new Options.Option(code(cells[1]), code(cells[2]), code(cells[3])))
                .toList();
    }

    private static String code(String cell) {
        return cell.strip().replace("`", "");
    }

    @Test
    void anOptionThatIsSet_isTaken() {
        var config = config("lockstep.leader-election.lease-duration", "45s");
        assertThat(config.getConfigMapping(LockstepConfig.class).leaderElection().leaseDuration())
                .isEqualTo(Duration.ofSeconds(45));
    }

    @Test
    void anUnknownOption_failsTheStart_andIsNamed() {
        assertThatThrownBy(() -> config("lockstep.cluster-nam", "prod"))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining("lockstep.cluster-nam");
    }

    @Test
    void anOptionOfTheWrongForm_failsTheStart() {
        assertThatThrownBy(() -> config("lockstep.min-refresh-interval", "soon"))
                .hasMessageContaining("soon");
    }

    private static SmallRyeConfig config(String name, String value) {
        return new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(LockstepConfig.class)
                .withDefaultValue(name, value)
                .build();
    }
}
