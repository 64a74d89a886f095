package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ClusterExternalSecretStatus;
import dev.lockstep.cluster.EsoClusterFinalizers;
import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Namespaces on a real API server, served by the packaged operator with the rights of deploy/. */
@RealApiServer
class ClusterExternalSecretIT {
    private static RealCluster cluster;
    private final String name = "shared-" + UUID.randomUUID();
    private Tenant one;
    private Tenant two;

    @BeforeAll
    static void start(KubeApiServer server, KubernetesClient admin) {
        cluster = RealCluster.start(server, admin);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void newTenants() {
        one = cluster.tenant().withStore();
        two = cluster.tenant().withStore();
        label(one, name);
    }

    @AfterEach
    void nothingForbidden() {
        clusters().delete();
        one.close();
        two.close();
        cluster.requireNothingForbidden();
    }

    @Test
    void labelsAreFollowed_andTheSecretIsSynced() {
        one.create("db", "first");
        apply("");
        one.awaitData(name, Map.of("password", "first"));
        awaitProvisioned(one);

        label(two, name);
        awaitProvisioned(one, two);
        assertThat(two.externalSecret(name).spec()).isEqualTo(one.externalSecret(name).spec());

        label(one, "none");
        awaitProvisioned(two);
        awaiting("the orphan to go").until(() -> one.externalSecrets(name).get() == null);
    }

    @Test
    void whatIsInStep_isNotWrittenAgain() {
        apply("");
        awaitProvisioned(one);
        var generation = one.externalSecret(name).getMetadata().getGeneration();

        label(two, name);
        awaitProvisioned(one, two);

        assertThat(one.externalSecret(name).getMetadata().getGeneration()).isEqualTo(generation);
    }

    @Test
    void anotherName_andAChangedSpec_areFollowed() {
        apply("");
        awaitProvisioned(one);
        apply("  externalSecretName: renamed\n");
        awaiting("the new one").until(() -> one.externalSecrets("renamed").get() != null);
        awaiting("the former one to go").until(() -> one.externalSecrets(name).get() == null);
    }

    @Test
    void somebodyElses_isReported_andNotTouched() {
        one.apply(one.externalSecret(name, ""));
        var theirs = one.externalSecret(name);
        apply("");
        awaiting("the conflict")
                .until(
                        () ->
                                status().failedNamespaces().stream()
                                        .anyMatch(
                                                failed ->
                                                        failed.namespace().equals(one.namespace())
                                                                && failed.reason()
                                                                        .contains(
                                                                                "is not of this ClusterExternalSecret")));
        assertThat(one.externalSecret(name).spec()).isEqualTo(theirs.spec());
        assertThat(one.externalSecret(name).getMetadata().getOwnerReferences()).isEmpty();
    }

    /** As ESO leaves it: its owner, its finalizers on all three, and a status. */
    @Test
    void whatEsoMade_isTakenOver_withItsFinalizersOnNamespaces() {
        var finalizer = EsoClusterFinalizers.onNamespacesOf(name);
        Tenant.merge(
                cluster.admin.namespaces().withName(one.namespace()),
                "{\"metadata\": {\"finalizers\": [\"example.com/theirs\", \""
                        + finalizer
                        + "\"]}}");
        apply("");
        awaitProvisioned(one);
        var uid = one.externalSecret(name).getMetadata().getUid();
        Tenant.merge(
                one.externalSecrets(name),
                "{\"metadata\": {\"finalizers\": [\"" + EsoFinalizer.NAME + "\"]}}");
        Tenant.merge(
                clusters(),
                "{\"metadata\": {\"finalizers\": [\"" + EsoClusterFinalizers.NAME + "\"]}}");

        awaitProvisioned(one);
        awaiting("ESO's finalizer to go").until(() -> !EsoFinalizer.isOn(one.externalSecret(name)));
        assertThat(one.externalSecret(name).getMetadata().getUid()).isEqualTo(uid);
        // It was put on a live object that Lockstep had served: deletion takes it away.
        clusters().delete();
        awaiting("the ClusterExternalSecret to go").until(() -> clusters().get() == null);
        awaiting("ESO's finalizer to go from the namespace").until(() -> !finalizers(finalizer));
        Tenant.merge(
                cluster.admin.namespaces().withName(one.namespace()),
                "{\"metadata\": {\"finalizers\": null}}");
    }

    private boolean finalizers(String finalizer) {
        var namespace = cluster.admin.namespaces().withName(one.namespace()).require();
        return namespace.getMetadata().getFinalizers().contains(finalizer);
    }

    private void apply(String more) {
        cluster.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ClusterExternalSecret
                metadata: {name: %s}
                spec:
                  namespaceSelectors: [{matchLabels: {shares: %s}}]
                  externalSecretSpec:
                    secretStoreRef: {name: aws, kind: SecretStore}
                    data: [{secretKey: password, remoteRef: {key: %s}}]
                """
                                .formatted(name, name, one.key("db"))
                        + more);
    }

    private void label(Tenant tenant, String value) {
        Tenant.merge(
                cluster.admin.namespaces().withName(tenant.namespace()),
                "{\"metadata\": {\"labels\": {\"shares\": \"%s\"}}}"
                        .formatted(value.replace(' ', '-')));
    }

    private void awaitProvisioned(Tenant... tenants) {
        var namespaces = List.of(tenants).stream().map(Tenant::namespace).sorted().toList();
        awaiting("the namespaces " + namespaces)
                .until(
                        () ->
                                !status().conditions().isEmpty()
                                        && status().provisionedNamespaces().equals(namespaces));
    }

    private ClusterExternalSecretStatus status() {
        return clusters().require().status();
    }

    private Resource<ClusterExternalSecret> clusters() {
        return cluster.admin.resources(ClusterExternalSecret.class).withName(name);
    }
}
