package dev.lockstep.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Dockerfile says agrees with what it is built from and with what the chart expects. */
class ImageTest {
    private List<String> lines;

    @BeforeEach
    void read() throws IOException {
        lines = Files.readAllLines(Path.of("Dockerfile"));
    }

    @Test
    void itRunsAsTheUserThatThePodSays() throws IOException {
        var pod =
                Serialization.unmarshal(
                                Files.readString(Path.of("deploy/deployment.yaml")),
                                Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec();

        var security = pod.getSecurityContext();
        assertThat(lines)
                .contains("USER %d:%d".formatted(security.getRunAsUser(), security.getRunAsGroup()))
                .contains(
                        "EXPOSE "
                                + pod.getContainers().get(0).getPorts().get(0).getContainerPort());
    }

    @Test
    void itStartsFromItsOptionsAndItsCache() {
        assertThat(Path.of("src/main/container/java.options")).exists();
        assertThat(lines)
                .anyMatch(line -> line.contains("cp -a src/main/container/java.options target/"))
                .anyMatch(
                        line ->
                                line.startsWith("ENTRYPOINT ")
                                        && line.contains("@/app/java.options")
                                        && line.contains("-XX:AOTCache=/app/lockstep.aot")
                                        && line.endsWith("\"-jar\", \"quarkus-run.jar\"]"));
    }

    /** An AOT cache of another build of the JVM is not taken. */
    @Test
    void itsCacheIsMadeByItsOwnRuntime() {
        var stages = lines.stream().filter(line -> line.startsWith("FROM ")).toList();

        var trained = stages.get(1).replace(" AS build", "");
        assertThat(trained).isEqualTo(stages.get(2)).contains("eclipse-temurin:25-jre");
        assertThat(lines)
                .anyMatch(line -> line.contains("JAVA25_HOME=/opt/java/openjdk hack/aot-cache"));
    }
}
