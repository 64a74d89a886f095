package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.NAME;
import static dev.lockstep.operator.Sandbox.NAMESPACE;
import static dev.lockstep.operator.Sandbox.PASSWORD;
import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code spec.target.template}, from what is applied to what the Secret holds. */
class TemplateTest {
    private static final String FROM_MAP =
            PASSWORD
                    + "\ntarget: {template: {templateFrom: [{configMap: {name: templates, items: [{key: url}]}}]}}";
    private static final String FROM_SECRET = FROM_MAP.replace("configMap: {name", "secret: {name");

    private final Sandbox sandbox = Sandbox.start();

    @BeforeEach
    void begin() {
        sandbox.inStep();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void rotation_isRenderedAnew() {
        sandbox.apply(
                externalSecret(
                        PASSWORD + "\ntarget: {template: {data: {url: 'db://{{ .password }}'}}}"));
        sandbox.awaitData(Map.of("url", "db://first"));

        sandbox.rotate("{\"password\": \"second\"}");

        sandbox.awaitData(Map.of("url", "db://second"));
        sandbox.awaitReady("SecretSynced");
    }

    @ParameterizedTest
    @CsvSource({"ConfigMap, data", "Secret, stringData"})
    void templatesThatChange_areRenderedAtOnce(String kind, String field) {
        applyTemplates(kind, field, "a://{{ .password }}");
        sandbox.apply(externalSecret(kind.equals("Secret") ? FROM_SECRET : FROM_MAP));
        sandbox.awaitData(Map.of("url", "a://first"));

        applyTemplates(kind, field, "b://{{ .password }}");

        sandbox.awaitData(Map.of("url", "b://first"));
    }

    @Test
    void templatesThatAreMissing_areNamed_andRenderedAsSoonAsTheyCome() {
        sandbox.apply(externalSecret(FROM_MAP));
        assertThat(sandbox.awaitReady("TemplateFailed").message())
                .contains("templateFrom[0].configMap", "there is no ConfigMap templates");
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);

        applyTemplates("ConfigMap", "data", "a://{{ .password }}");

        sandbox.awaitData(Map.of("url", "a://first"));
        sandbox.awaitReady("SecretSynced");
    }

    @Test
    void templatesThatGo_areToldAndTheSecretStays() {
        applyTemplates("ConfigMap", "data", "a://{{ .password }}");
        sandbox.apply(externalSecret(FROM_MAP));
        sandbox.awaitData(Map.of("url", "a://first"));

        sandbox.client().configMaps().inNamespace(NAMESPACE).withName("templates").delete();

        sandbox.awaitReady("TemplateFailed");
        assertThat(sandbox.data()).isEqualTo(Map.of("url", "a://first"));
    }

    @Test
    void templatesWithoutAnyNews_causeNoRead() {
        applyTemplates("ConfigMap", "data", "a://{{ .password }}");
        sandbox.apply(externalSecret(FROM_MAP));
        sandbox.awaitData(Map.of("url", "a://first"));
        sandbox.awaitReady("SecretSynced");
        var reads = reads();

        sandbox.client()
                .configMaps()
                .inNamespace(NAMESPACE)
                .withName("templates")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");
        // What is asked for later is done later.
        sandbox.create("prod/witness", "seen");
        sandbox.apply(
                externalSecret(
                                "data: [{secretKey: w, remoteRef: {key: prod/witness}}]\n"
                                        + FROM_MAP.substring(FROM_MAP.indexOf("target:"))
                                                .replace("items: [{key: url}]", "items: []")
                                                .replace(
                                                        "template: {",
                                                        "template: {mergePolicy: Merge, "))
                        .replace("metadata: {name: database,", "metadata: {name: witness,"));
        sandbox.operator().awaitData(NAMESPACE, "witness", Map.of("w", "seen"));

        assertThat(reads()).isEqualTo(reads + 1);
    }

    @Test
    void labelsAndAnnotations_areMadeOfValues_andFollowThem() {
        sandbox.apply(
                externalSecret(
                        PASSWORD
                                + "\ntarget: {template: {mergePolicy: Merge, metadata: {labels: {plain: l, made: '{{ .password }}'},"
                                + " annotations: {made: 'is {{ .password }}'}}, templateFrom: [{target: Annotations, literal: 'more: {{ .password }}'}]}}"));
        awaitMetadata(m -> "first".equals(m.getLabels().get("made")));
        assertThat(metadata().getLabels()).containsEntry("plain", "l");
        assertThat(metadata().getAnnotations())
                .containsEntry("made", "is first")
                .containsEntry("more", "first");

        sandbox.rotate("{\"password\": \"second\"}");

        awaitMetadata(
                m ->
                        "second".equals(m.getLabels().get("made"))
                                && "second".equals(m.getAnnotations().get("more")));
    }

    @Test
    void aPlainLabelThatSomebodyTakesAway_comesBackWithTheOthers() {
        sandbox.apply(
                externalSecret(
                        PASSWORD
                                + "\ntarget: {template: {mergePolicy: Merge, metadata: {labels: {plain: l, made: '{{ .password }}'}}}}"));
        awaitMetadata(m -> "first".equals(m.getLabels().get("made")));

        sandbox.client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\": {\"labels\": {\"plain\": null, \"made\": \"other\"}}}");

        awaitMetadata(
                m ->
                        "l".equals(m.getLabels().get("plain"))
                                && "first".equals(m.getLabels().get("made")));
    }

    @Test
    void finalizersOfTheTemplate_arePutToThoseThatAreThere() {
        sandbox.apply(
                externalSecret(
                        PASSWORD
                                + "\ntarget: {template: {mergePolicy: Merge, metadata: {finalizers: [example.com/hold]}}}"));
        awaitMetadata(m -> m.getFinalizers().contains("example.com/hold"));
        sandbox.client()
                .secrets()
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .edit(
                        secret -> {
                            secret.getMetadata().getFinalizers().clear();
                            return secret;
                        });
        sandbox.rotate("{\"password\": \"%s\"}".formatted(UUID.randomUUID()));
        awaitMetadata(m -> m.getFinalizers().contains("example.com/hold"));
    }

    private void applyTemplates(String kind, String field, String url) {
        sandbox.apply(
                """
                apiVersion: v1
                kind: %s
                metadata: {name: templates, namespace: default}
                %s: {url: '%s'}
                """
                        .formatted(kind, field, url));
    }

    private long reads() {
        return sandbox.aws.calls("GetSecretValue") + sandbox.aws.calls("BatchGetSecretValue");
    }

    private ObjectMeta metadata() {
        return sandbox.secret().getMetadata();
    }

    private void awaitMetadata(Predicate<ObjectMeta> holds) {
        await().until(() -> holds.test(metadata()));
    }
}
