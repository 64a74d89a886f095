package dev.lockstep.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Our CRDs in the place of ESO's harm nothing that is stored (semantics 22). */
@RealApiServer
class CrdTakeOverTest {

    private static final Map<String, Object> VAULT =
            Map.of(
                    "vault",
                    Map.of(
                            "server",
                            "https://vault.example.org",
                            "path",
                            "secret",
                            "auth",
                            Map.of("tokenSecretRef", Map.of("name", "vault", "key", "token"))));

    private final KubernetesClient client;
    private ScratchNamespace namespace;

    CrdTakeOverTest(KubernetesClient client) {
        this.client = client;
    }

    /** A cluster that had an old release, then a newer one, each with objects of its time. */
    @BeforeEach
    void aClusterWithHistory() {
        namespace = new ScratchNamespace(client);
        replaceCrds("eso-shaped-v1beta1-stored.yaml");
        create(vaultStore("external-secrets.io/v1beta1", "old"));
        replaceCrds("eso-shaped-v1-stored.yaml");
        create(vaultStore("external-secrets.io/v1", "newer"));
        create(externalSecretOfEso());
        client.resource(externalSecretOfEso()).inNamespace(namespace.name()).updateStatus();
    }

    @AfterEach
    void leaveOurCrds() {
        CrdInstallation.install(client);
        namespace.close();
    }

    @Test
    void ourCrds_loadWhereV1beta1IsAmongTheStoredVersions() {
        CrdInstallation.install(client);

        assertThat(CrdInstallation.checkedIn())
                .filteredOn(crd -> crd.getSpec().getGroup().equals("external-secrets.io"))
                .hasSizeGreaterThanOrEqualTo(3)
                .extracting(crd -> client.resource(crd).get())
                .allSatisfy(
                        crd ->
                                assertThat(crd.getStatus().getStoredVersions())
                                        .containsExactlyInAnyOrder("v1", "v1beta1"))
                .extracting(crd -> crd.getMetadata().getLabels())
                .allSatisfy(
                        labels ->
                                assertThat(labels)
                                        .containsEntry(
                                                "external-secrets.io/component", "controller"));
    }

    @Test
    void storesOfAnotherProvider_areServedAsTheyWereStored() {
        CrdInstallation.install(client);

        for (var name : List.of("old", "newer")) {
            var store = namespace.kind("SecretStore").withName(name).get();
            assertThat(store.<Object>get("spec", "provider")).as(name).isEqualTo(VAULT);
        }
    }

    @Test
    void storesOfAnotherProvider_outliveBeingWritten() {
        CrdInstallation.install(client);

        for (var name : List.of("old", "newer")) {
            var store = namespace.kind("SecretStore").withName(name);
            var written = store.edit(CrdTakeOverTest::labelled);
            assertThat(written.<Object>get("spec", "provider")).as(name).isEqualTo(VAULT);
        }
    }

    @Test
    void externalSecretsOfEso_areServedWithOurDefaultsAndCanBeWritten() {
        CrdInstallation.install(client);

        var resource = namespace.kind("ExternalSecret").withName("sample");
        await().untilAsserted(
                        () ->
                                assertThat(resource.get().<Object>get("spec", "target"))
                                        .isEqualTo(
                                                Map.of(
                                                        "creationPolicy", "Owner",
                                                        "deletionPolicy", "Retain")));
        var written = resource.edit(CrdTakeOverTest::labelled);
        List<Map<String, Object>> conditions = written.get("status", "conditions");
        assertThat(conditions).extracting(each -> each.get("type")).containsExactly("Deleted");
    }

    private static GenericKubernetesResource labelled(GenericKubernetesResource resource) {
        resource.getMetadata().setLabels(Map.of("touched", "true"));
        return resource;
    }

    private void replaceCrds(String file) {
        for (var document : ResourceFile.content(file).split("(?m)^---$")) {
            client.resource(Serialization.unmarshal(document, CustomResourceDefinition.class))
                    .createOr(NonDeletingOperation::update);
        }
    }

    /** Waits for the server to serve the version, which it does a moment after a CRD changes. */
    private void create(GenericKubernetesResource resource) {
        await().ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(
                        () -> client.resource(resource).inNamespace(namespace.name()).create(),
                        Objects::nonNull);
    }

    private static GenericKubernetesResource externalSecretOfEso() {
        var resource = ResourceFile.read("valid-smallest.yaml");
        resource.setAdditionalProperty(
                "status",
                Map.of("conditions", List.of(Map.of("type", "Deleted", "status", "False"))));
        return resource;
    }

    private static GenericKubernetesResource vaultStore(String apiVersion, String name) {
        var store = ResourceFile.read("valid-store-of-another-provider.yaml");
        store.setApiVersion(apiVersion);
        store.getMetadata().setName(name);
        store.<Map<String, Object>>get("spec").put("provider", VAULT);
        return store;
    }
}
