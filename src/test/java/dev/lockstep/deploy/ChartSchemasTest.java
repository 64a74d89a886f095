package dev.lockstep.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.Helm;
import dev.lockstep.sandbox.Output;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RealHelm;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether what the chart renders has the fields that Kubernetes knows, and no others. */
@RealApiServer
@RealHelm
class ChartSchemasTest {

    /** Of the Prometheus Operator: this API server has no such kind. */
    private static final String NOT_OF_KUBERNETES = "monitoring.coreos.com/v1/ServiceMonitor";

    @TempDir private static Path folder;
    private static String schemas;

    private final Helm helm = Helm.withoutCluster();

    @BeforeAll
    static void writeSchemas(KubernetesClient admin) {
        schemas = KubernetesSchemas.write(admin, folder);
    }

    @ParameterizedTest
    @CsvSource({
        "/dev/null, 'Valid: 17, Invalid: 0, Errors: 0, Skipped: 0'",
        "src/test/resources/dev/lockstep/deploy/scoped.yaml, 'Valid: 20, Invalid: 0, Errors: 0, Skipped: 0'",
        "src/test/resources/dev/lockstep/deploy/everything.yaml, 'Valid: 19, Invalid: 0, Errors: 0, Skipped: 1'"
    })
    void whatIsRendered_isOfKubernetes(String values, String summary) throws IOException {
        var manifests = helm.run(Chart.template("-f", values)).successful();

        var result = kubeconform(manifests);

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(result.text()).contains(summary);
    }

    private Output kubeconform(String manifests) throws IOException {
        var file = folder.resolve("manifests.yaml");
        Files.writeString(file, manifests);
        return Output.of(
                new ProcessBuilder(
                        helm.folder().resolve("kubeconform").toString(),
                        "-strict",
                        "-summary",
                        "-skip=" + NOT_OF_KUBERNETES,
                        "-schema-location=" + schemas,
                        file.toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "terminationGracePeriodSeconds: 30, terminationGracePeriod: 30",
        "replicas: 1, replicas: one",
        "scope: Namespaced, scop: Namespaced",
        "verbs: [get, verb: [get"
    })
    void whatIsNot_isNoticed(String good, String bad) throws IOException {
        var manifests = helm.run(Chart.template()).successful();
        assertThat(manifests).contains(good);

        var result = kubeconform(manifests.replace(good, bad));

        assertThat(result.code()).isNotZero();
        assertThat(result.text()).contains("is invalid").doesNotContain("Invalid: 0");
    }

    @Test
    void aKindWithoutASchema_isAnError() throws IOException {
        var result = kubeconform("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\n");

        assertThat(result.code()).isNotZero();
        assertThat(result.text()).contains("could not find schema for Widget");
    }
}
