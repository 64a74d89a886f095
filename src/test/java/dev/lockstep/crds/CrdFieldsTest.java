package dev.lockstep.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server keeps of a resource, and what it adds. */
@RealApiServer
class CrdFieldsTest {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final KubernetesClient client;
    private ScratchNamespace namespace;

    CrdFieldsTest(KubernetesClient client) {
        this.client = client;
    }

    @BeforeAll
    static void installCrds(KubernetesClient admin) {
        CrdInstallation.install(admin);
    }

    @BeforeEach
    void newNamespace() {
        namespace = new ScratchNamespace(client);
    }

    @AfterEach
    void cleanUp() {
        namespace.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"full-externalsecret.yaml", "full-clustersecretstore.yaml"})
    void everyFieldOfTheSpec_isKeptAsWritten(String file) {
        var written = ResourceFile.read(file);

        var served = namespace.tryToCreate(written);

        assertThat(served.<Object>get("spec")).isEqualTo(written.get("spec"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"full-externalsecret.yaml", "full-clustersecretstore.yaml"})
    void everyFieldOfTheStatus_isKeptAsWritten(String file) {
        // Both kinds of store have one status, and a namespaced one leaves nothing behind.
        var full = ResourceFile.read(file);
        var isStore = full.getKind().equals("ClusterSecretStore");
        var smallest =
                ResourceFile.read(isStore ? "valid-store-with-irsa.yaml" : "valid-smallest.yaml");
        namespace.create(smallest);

        var served =
                patchStatus(
                        smallest.getKind(),
                        Serialization.asJson(Map.of("status", full.get("status"))));

        assertThat(served.<Object>get("status")).isEqualTo(full.get("status"));
    }

    @Test
    void aNullRefreshTime_isTaken() {
        namespace.create(ResourceFile.read("valid-smallest.yaml"));

        var served =
                namespace
                        .kind("ExternalSecret")
                        .withName("sample")
                        .subresource("status")
                        .patch(
                                PatchContext.of(PatchType.JSON),
                                "[{\"op\": \"add\", \"path\": \"/status\","
                                        + " \"value\": {\"refreshTime\": null}}]");

        assertThat(served.<Map<String, Object>>get("status")).containsEntry("refreshTime", null);
    }

    @Test
    void absentFieldsOfAnExternalSecret_getTheDefaultsOfTheReferenceAndNoOthers() {
        var written = ResourceFile.read("valid-smallest.yaml");
        Map<String, Object> expected = written.get("spec");

        var served = namespace.create(ResourceFile.read("valid-smallest.yaml"));

        expected.put("refreshInterval", "1h0m0s");
        expected.put("target", Map.of("creationPolicy", "Owner", "deletionPolicy", "Retain"));
        assertThat(served.<Object>get("spec")).isEqualTo(expected);
    }

    @Test
    void absentFieldsOfATemplate_getTheirDefaults() {
        var resource = ResourceFile.read("valid-smallest.yaml");
        var items = List.of(Map.of("key", "a"));
        var template =
                Map.of(
                        "templateFrom",
                        List.of(Map.of("secret", Map.of("name", "templates", "items", items))));
        resource.<Map<String, Object>>get("spec").put("target", Map.of("template", template));

        var served = namespace.tryToCreate(resource);

        assertThat(served.<Map<String, Object>>get("spec", "target", "template"))
                .containsEntry("engineVersion", "v2")
                .containsEntry("mergePolicy", "Replace");
        assertThat(first(served, "spec", "target", "template", "templateFrom"))
                .containsEntry("target", "Data")
                .extractingByKey("secret")
                .extracting("items")
                .isEqualTo(List.of(Map.of("key", "a", "templateAs", "Values")));
    }

    @Test
    void absentFieldsOfAMerge_getTheirDefaults() {
        var resource = ResourceFile.read("valid-smallest.yaml");
        var rewrite = List.of(Map.of("merge", Map.of()));
        var entry = Map.of("extract", Map.of("key", "prod/database"), "rewrite", rewrite);
        resource.<Map<String, Object>>get("spec").put("dataFrom", List.of(entry));

        var served = namespace.tryToCreate(resource);

        var merge =
                Map.of(
                        "into", "",
                        "priorityPolicy", "Strict",
                        "conflictPolicy", "Error",
                        "strategy", "Extract");
        assertThat(first(served, "spec", "dataFrom"))
                .containsEntry("rewrite", List.of(Map.of("merge", merge)));
    }

    @Test
    void absentFieldsOfAGeneratorReferenceAndAVersionWatch_getTheirDefaults() {
        var generator = namespace.tryToCreate(ResourceFile.read("valid-generator.yaml"));
        var store = namespace.tryToCreate(ResourceFile.read("valid-store-watched-by-values.yaml"));

        assertThat(first(generator, "spec", "dataFrom"))
                .extractingByKey("sourceRef")
                .extracting("generatorRef.apiVersion")
                .isEqualTo("generators.external-secrets.io/v1alpha1");
        assertThat(store.<Object>get("spec", "provider", "aws", "versionWatch"))
                .isEqualTo(Map.of("mode", "Off", "interval", "1m", "maxCallsPerHour", 2000));
    }

    @Test
    void absentFieldsOfAPassword_getTheDefaultsOfTheReferenceAndNoOthers() {
        var served = namespace.tryToCreate(ResourceFile.read("valid-password-by-default.yaml"));

        assertThat(served.<Object>get("spec"))
                .isEqualTo(
                        Map.of(
                                "length",
                                24,
                                "noUpper",
                                false,
                                "allowRepeat",
                                false,
                                "encoding",
                                "raw"));
    }

    @Test
    void aGeneratorOfAKindThatIsNotServed_isKeptAsWritten() {
        var written = ResourceFile.read("valid-generator-of-another-kind.yaml");

        assertThat(namespace.tryToCreate(written).<Object>get("spec"))
                .isEqualTo(written.get("spec"));
    }

    @Test
    void absentFieldsOfARollout_getTheirDefaults() {
        var served = namespace.tryToCreate(ResourceFile.read("valid-rollout-of-consumers.yaml"));

        assertThat(served.<Object>get("spec", "rollout"))
                .isEqualTo(
                        Map.of(
                                "restart", "Consumers",
                                "maxConcurrent", 1,
                                "minInterval", "5m",
                                "onFailure", "Continue"));
    }

    private GenericKubernetesResource patchStatus(String kind, String patch) {
        return namespace.kind(kind).withName("sample").subresource("status").patch(MERGE, patch);
    }

    private static Map<String, Object> first(GenericKubernetesResource resource, Object... path) {
        return resource.<List<Map<String, Object>>>get(path).get(0);
    }
}
