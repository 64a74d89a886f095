package dev.lockstep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The options are those of the README, and no others are taken. */
class OptionsTest {

    /** A row of the README's table. */
    private record Option(String name, String environment, String defaultValue) {}

    @Test
    void theReadme_listsEveryOption_andNoOther() throws IOException {
        assertThat(rows())
                .containsExactlyInAnyOrderElementsOf(options("lockstep", LockstepConfig.class));
    }

    private static List<Option> rows() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `lockstep."))
                .map(line -> line.split("\\|"))
                .map(cells -> new Option(code(cells[1]), code(cells[2]), code(cells[3])))
                .toList();
    }

    private static String code(String cell) {
        return cell.strip().replace("`", "");
    }

    private static List<Option> options(String prefix, Class<?> group) {
        var options = new ArrayList<Option>();
        for (var method : group.getDeclaredMethods()) {
            var name = prefix + "." + kebab(method.getName());
            if (method.getReturnType().isInterface()) {
                options.addAll(options(name, method.getReturnType()));
            } else {
                options.add(new Option(name, environment(name), defaultValue(method)));
            }
        }
        return options;
    }

    private static String kebab(String method) {
        return method.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static String environment(String name) {
        return name.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    private static String defaultValue(Method method) {
        return Optional.ofNullable(method.getAnnotation(WithDefault.class))
                .map(WithDefault::value)
                .orElse("");
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
