package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Templates where watches by name, server-side apply and the checks of labels are real. */
@RealApiServer
class TemplateIT {
    private static RealCluster cluster;
    private Tenant tenant;

    @BeforeAll
    static void start(KubeApiServer server, KubernetesClient admin) {
        cluster = RealCluster.start(server, admin);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = cluster.tenant().withStore();
        tenant.create("db", "first");
    }

    @AfterEach
    void nothingForbidden() {
        tenant.close();
        cluster.requireNothingForbidden();
    }

    @ParameterizedTest
    @CsvSource({"ConfigMap, configMap, data", "Secret, secret, stringData"})
    void templatesThatComeAndChange_areRenderedAtOnce(String kind, String field, String data) {
        tenant.apply(
                tenant.externalSecret(
                        "app",
                        "target: {template: {templateFrom: [{%s: {name: templates, items: [{key: url}]}}]}}"
                                .formatted(field)));
        assertThat(tenant.awaitReady("app", "TemplateFailed").message())
                .contains("there is no " + kind + " templates");

        tenant.apply(templates(kind, data, "a"));
        tenant.awaitData("app", Map.of("url", "a://first"));
        tenant.apply(templates(kind, data, "b"));
        tenant.awaitData("app", Map.of("url", "b://first"));
        tenant.rotate("db", "second");
        tenant.awaitData("app", Map.of("url", "b://second"));
    }

    private static String templates(String kind, String data, String scheme) {
        return """
        apiVersion: v1
        kind: %s
        metadata: {name: templates}
        %s: {url: "%s://{{ .password }}"}
        """
                .formatted(kind, data, scheme);
    }

    @ParameterizedTest
    @CsvSource({"Owner", "CreateOrMerge"})
    void madeLabels_followTheValues_andGoWithTheirTemplate(String policy) {
        var made =
                "target: {creationPolicy: %s, template: {mergePolicy: Merge, metadata: {labels: {made: '{{ .password }}'}, finalizers: [example.com/hold]}}}"
                        .formatted(policy);
        tenant.apply(tenant.externalSecret("app", made));
        tenant.awaitData("app", Map.of("password", "first"));
        assertThat(tenant.secret("app").getMetadata().getLabels()).containsEntry("made", "first");
        assertThat(tenant.secret("app").getMetadata().getFinalizers())
                .containsExactly("example.com/hold");

        tenant.rotate("db", "second");
        awaiting("the label to follow").until(() -> "second".equals(labels().get("made")));

        tenant.apply(
                tenant.externalSecret(
                        "app",
                        "target: {creationPolicy: %s, template: {mergePolicy: Merge}}"
                                .formatted(policy)));
        awaiting("the label to go").until(() -> !labels().containsKey("made"));
        // So that the namespace can go.
        Tenant.merge(tenant.secrets("app"), "{\"metadata\": {\"finalizers\": null}}");
    }

    private Map<String, String> labels() {
        return tenant.secret("app").getMetadata().getLabels();
    }

    @Test
    void aLabelThatKubernetesRefuses_isToldBeforeItIsAsked() {
        tenant.apply(
                tenant.externalSecret(
                        "app",
                        "target: {template: {metadata: {labels: {made: '{{ .password }} x'}}}}"));

        assertThat(tenant.awaitReady("app", "TemplateFailed").message())
                .contains("metadata.labels[made]")
                .doesNotContain("first");
    }
}
