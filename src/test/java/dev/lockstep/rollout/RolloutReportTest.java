package dev.lockstep.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RolloutReportTest {

    @Test
    void theReadme_explainsEveryReasonOfRolledOut_andNoOther() throws IOException {
        assertThat(explained()).containsExactlyInAnyOrderElementsOf(RolloutReport.reasons());
    }

    private static List<String> explained() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var section = readme.substring(readme.indexOf("### Restarting what uses the Secret"));
        return section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`")[1])
                .toList();
    }
}
