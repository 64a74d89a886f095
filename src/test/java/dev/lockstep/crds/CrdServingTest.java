package dev.lockstep.crds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.Kubectl;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a real API server and kubectl serve our kinds. */
@RealApiServer
class CrdServingTest {

    private final KubernetesClient client;
    private final Kubectl kubectl;
    private ScratchNamespace namespace;

    CrdServingTest(KubernetesClient client, KubeApiServer server) {
        this.client = client;
        this.kubectl = new Kubectl(server);
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

    @Test
    void clientSideApply_hasRoomForItsAnnotation() {
        var result = kubectl.run("apply", "-f", CrdFiles.FOLDER.toString());

        assertThat(result.code()).as(result.text()).isZero();
        assertThat(CrdInstallation.checkedIn())
                .extracting(crd -> client.resource(crd).get().getMetadata().getAnnotations())
                .allSatisfy(
                        annotations ->
                                assertThat(annotations)
                                        .containsKey(
                                                "kubectl.kubernetes.io/last-applied-configuration"));
    }

    /** Only kubectl takes a bare Off for a boolean, so the enum must not hold one. */
    @ParameterizedTest
    @ValueSource(strings = {"Auto", "List", "Describe", "Off"})
    void eachWatchMode_isTakenUnderCrdsThatKubectlApplied(String mode) {
        kubectl.run("apply", "--server-side", "--force-conflicts", "-f", "crds");
        var store = ResourceFile.read("valid-store-with-irsa.yaml");
        store.<Map<String, Object>>get("spec", "provider", "aws")
                .put("versionWatch", Map.of("mode", mode));

        var served = namespace.tryToCreate(store);

        assertThat(served.<String>get("spec", "provider", "aws", "versionWatch", "mode"))
                .isEqualTo(mode);
    }

    @ParameterizedTest
    @CsvSource({
        "es, valid-smallest.yaml, NAME STORETYPE STORE REFRESH INTERVAL STATUS READY LAST SYNC",
        "ss, valid-store-with-irsa.yaml, NAME AGE STATUS CAPABILITIES READY"
    })
    void kubectlGetByShortName_printsTheColumns(String shortName, String file, String header) {
        namespace.create(ResourceFile.read(file));

        var table = kubectl.run("get", shortName, "-n", namespace.name()).text();

        assertThat(firstLine(table)).isEqualTo(header);
    }

    @Test
    void kubectlGetOfClusterStores_printsTheColumnsOfStores() {
        var store = client.resource(ResourceFile.read("full-clustersecretstore.yaml"));
        store.create();
        try {
            var table = kubectl.run("get", "css").text();

            assertThat(firstLine(table)).isEqualTo("NAME AGE STATUS CAPABILITIES READY");
        } finally {
            store.delete();
        }
    }

    @Test
    void kubectlGetByCategory_listsOurKinds() {
        namespace.create(ResourceFile.read("valid-smallest.yaml"));
        namespace.create(ResourceFile.read("valid-store-with-irsa.yaml"));

        var names = kubectl.run("get", "external-secrets", "-n", namespace.name(), "-o", "name");

        assertThat(names.text())
                .contains("externalsecret.external-secrets.io/sample")
                .contains("secretstore.external-secrets.io/sample");
    }

    @ParameterizedTest
    @CsvSource({
        "spec.secretStoreRef.name, aws",
        "spec.secretStoreRef.kind, SecretStore",
        "spec.target.name, database",
        "spec.refreshInterval, 5m"
    })
    void aFieldSelector_findsTheResourcesWithThatValueOnly(String field, String value) {
        namespace.create(selectable("wanted", "aws", "SecretStore", "database", "5m"));
        namespace.create(selectable("other", "gcp", "ClusterSecretStore", "cache", "1h"));

        var found = namespace.kind("ExternalSecret").withField(field, value).list().getItems();

        assertThat(found)
                .extracting(resource -> resource.getMetadata().getName())
                .containsExactly("wanted");
    }

    @Test
    void conditionsOfTwoWriters_standSideBySide() {
        namespace.create(ResourceFile.read("valid-smallest.yaml"));

        applyCondition("first", "Ready");
        applyCondition("second", "NoEnumListsThis");

        List<Map<String, Object>> conditions =
                namespace
                        .kind("ExternalSecret")
                        .withName("sample")
                        .get()
                        .get("status", "conditions");
        assertThat(conditions)
                .extracting(condition -> condition.get("type"))
                .containsExactlyInAnyOrder("Ready", "NoEnumListsThis");
    }

    @Test
    void onlyV1_isServed() {
        assertThat(client.getApiGroup("external-secrets.io").getVersions())
                .extracting(version -> version.getVersion())
                .containsExactly("v1");
    }

    private static GenericKubernetesResource selectable(
            String name, String store, String kind, String target, String interval) {
        var resource = ResourceFile.read("valid-smallest.yaml");
        resource.getMetadata().setName(name);
        Map<String, Object> spec = resource.get("spec");
        spec.put("secretStoreRef", Map.of("name", store, "kind", kind));
        spec.put("target", Map.of("name", target));
        spec.put("refreshInterval", interval);
        return resource;
    }

    private void applyCondition(String manager, String type) {
        var status = ResourceFile.read("valid-smallest.yaml");
        status.getAdditionalProperties().remove("spec");
        status.setAdditionalProperty(
                "status", Map.of("conditions", List.of(Map.of("type", type, "status", "True"))));
        var apply =
                new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(manager)
                        .build();
        namespace
                .kind("ExternalSecret")
                .withName("sample")
                .subresource("status")
                .patch(apply, Serialization.asYaml(status));
    }

    private static String firstLine(String table) {
        return table.lines().findFirst().orElseThrow().replaceAll(" +", " ").strip();
    }
}
