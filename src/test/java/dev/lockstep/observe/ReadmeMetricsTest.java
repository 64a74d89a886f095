package dev.lockstep.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Our metrics are named in the README as Prometheus gets them. */
@SuppressWarnings("deprecation") // Quarkus serves metrics by this registry too.
class ReadmeMetricsTest {

    @Test
    void theReadme_listsEveryFamily_andNoOther() throws IOException {
        assertThat(listed()).isEqualTo(scraped());
    }

    private static Set<String> listed() throws IOException {
        return Files.readAllLines(Path.of("README.md")).stream()
                .filter(line -> line.startsWith("| `lockstep_"))
                .map(line -> line.split("`")[1])
                .collect(Collectors.toSet());
    }

    private static Set<String> scraped() {
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var metrics = new OperatorMetrics(registry);
        metrics.called("SecretsManager", "ListSecrets", "Throttled", Duration.ZERO);
        metrics.swept(VersionWatchMode.Describe, Duration.ZERO, true);
        metrics.budgetExceeded(true);
        metrics.synced("TARGET_MISSING");
        metrics.failed("NotFound");
        metrics.carried(Duration.ZERO);
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" ")[2])
                .collect(Collectors.toSet());
    }
}
