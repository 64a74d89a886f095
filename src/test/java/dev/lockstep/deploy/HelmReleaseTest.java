package dev.lockstep.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.sandbox.Helm;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.Kubectl;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RealHelm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Helm installs, upgrades and uninstalls the chart in a cluster of its own. */
@RealApiServer
@RealHelm
class HelmReleaseTest {
    private static final String NAMESPACE = Chart.NAMESPACE;

    private static KubeApiServer server;
    private static KubernetesClient admin;
    private static Helm helm;

    /** Other tests' CRDs are not Helm's, and it would not touch them. */
    @BeforeAll
    static void start() {
        server = KubeApiServer.launch();
        admin = new KubernetesClientBuilder().withConfig(server.adminConfig()).build();
        helm = Helm.on(server);
    }

    @AfterAll
    static void stop() {
        admin.close();
        server.close();
    }

    @AfterEach
    void cleanUp() {
        helm.run("uninstall", "lockstep", "-n", NAMESPACE, "--ignore-not-found").successful();
        crds().forEach(HelmReleaseTest::awaitStorage);
        crds().forEach(crd -> admin.resource(crd).delete());
        await("the CRDs to go")
                .untilAsserted(
                        () ->
                                assertThat(crds())
                                        .extracting(
                                                crd -> crd.getMetadata().getName(),
                                                crd -> crd.getStatus().getConditions())
                                        .isEmpty());
    }

    /**
     * The API server puts off for minutes the end of a CRD that goes before its storage is there.
     */
    private static void awaitStorage(CustomResourceDefinition crd) {
        var context = CustomResourceDefinitionContext.fromCrd(crd);
        await("objects of " + crd.getMetadata().getName())
                .ignoreExceptionsInstanceOf(KubernetesClientException.class)
                .until(
                        () -> admin.genericKubernetesResources(context).inAnyNamespace().list(),
                        Objects::nonNull);
    }

    private static List<CustomResourceDefinition> crds() {
        return admin.apiextensions().v1().customResourceDefinitions().list().getItems();
    }

    /** Helm cannot wait for pods here, which no node would run. */
    private static String install(String... options) {
        return release("install", options);
    }

    private static String upgrade(String... options) {
        return release("upgrade", options);
    }

    private static String release(String command, String... options) {
        var arguments =
                new ArrayList<>(
                        List.of(command, "lockstep", Chart.FOLDER.toString(), "-n", NAMESPACE));
        if (command.equals("install")) {
            arguments.add("--create-namespace");
        }
        arguments.addAll(List.of(options));
        return helm.run(arguments.toArray(String[]::new)).successful();
    }

    @Test
    void installed_everythingThatIsRenderedIsThere_andTheNextStepsAreTold() {
        var notes = install();

        assertThat(Chart.render().resources())
                .hasSize(6 + CrdInstallation.checkedIn().size())
                .allSatisfy(
                        resource ->
                                assertThat(admin.resource(resource).get())
                                        .as(resource.getFullResourceName())
                                        .isNotNull());
        assertThat(notes)
                .contains("STATUS: deployed")
                .contains("kubectl rollout status deployment/lockstep -n lockstep-system")
                .contains("kubectl get es,ss,css -A");
    }

    @Test
    void theNotes_holdAStoreAndAnExternalSecret_thatAreTaken(@TempDir Path folder)
            throws IOException {
        var notes = install("--set", "controllerClass=production");
        var yaml =
                notes.substring(notes.indexOf("<<'EOF'") + 7, notes.lastIndexOf("EOF"))
                        .replaceAll("(?m)^ {5}", "");
        var file = Files.writeString(folder.resolve("first.yaml"), yaml);
        CrdInstallation.install(admin);

        var applied =
                new Kubectl(server)
                        .run("apply", "--server-side", "--dry-run=server", "-f", file.toString());

        assertThat(applied.successful())
                .contains("secretstore.external-secrets.io/aws")
                .contains("externalsecret.external-secrets.io/database")
                .doesNotContain("Warning");
        assertThat(yaml).contains("controller: production");
    }

    @Test
    void upgraded_toSingleNamespaces_theClusterRoleMakesWayForRoles() {
        create("team-a");
        create("team-b");
        install();

        upgrade("-f", Chart.SCOPED.toString(), "--set", "clusterName=production");

        assertThat(admin.rbac().clusterRoles().withName("lockstep").get()).isNull();
        assertThat(admin.rbac().clusterRoleBindings().withName("lockstep").get()).isNull();
        for (var team : List.of("team-a", "team-b")) {
            assertThat(admin.rbac().roles().inNamespace(team).withName("lockstep").get())
                    .isNotNull();
            assertThat(admin.rbac().roleBindings().inNamespace(team).withName("lockstep").get())
                    .isNotNull();
        }
        var deployment = admin.apps().deployments().inNamespace(NAMESPACE).withName("lockstep");
        assertThat(deployment.get().getSpec().getReplicas()).isEqualTo(2);
        assertThat(Chart.options(deployment.get()))
                .containsEntry("LOCKSTEP_NAMESPACES", "team-a,team-b")
                .containsEntry("LOCKSTEP_CLUSTER_NAME", "production");
        assertThat(
                        admin.policy()
                                .v1()
                                .podDisruptionBudget()
                                .inNamespace(NAMESPACE)
                                .withName("lockstep")
                                .get())
                .isNotNull();
    }

    private static void create(String namespace) {
        var fresh = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
        admin.resource(fresh.build()).serverSideApply();
    }

    @Test
    void uninstalled_crdsAndTheirResourcesAndSecretsStay_andItCanBeInstalledAgain() {
        install();
        CrdInstallation.install(admin);
        var externalSecret = externalSecret();
        var secret =
                admin.resource(
                                new SecretBuilder()
                                        .withNewMetadata()
                                        .withName("database")
                                        .withNamespace("default")
                                        .withOwnerReferences(
                                                new OwnerReferenceBuilder()
                                                        .withApiVersion("external-secrets.io/v1")
                                                        .withKind("ExternalSecret")
                                                        .withName("database")
                                                        .withUid(
                                                                externalSecret
                                                                        .getMetadata()
                                                                        .getUid())
                                                        .build())
                                        .endMetadata()
                                        .addToData("password", "Zmlyc3Q=")
                                        .build())
                        .create();

        helm.run("uninstall", "lockstep", "-n", NAMESPACE).successful();

        for (var resource : Chart.render().resources()) {
            var left = admin.resource(resource).get();
            if (resource instanceof CustomResourceDefinition) {
                assertThat(left.getMetadata().getDeletionTimestamp()).isNull();
            } else {
                assertThat(left).as(resource.getFullResourceName()).isNull();
            }
        }
        assertThat(admin.resource(externalSecret).require().getMetadata().getUid())
                .isEqualTo(externalSecret.getMetadata().getUid());
        assertThat(admin.resource(secret).require().getData()).isEqualTo(secret.getData());

        assertThat(install()).contains("STATUS: deployed");
        assertThat(admin.resource(externalSecret).require().getMetadata().getUid())
                .isEqualTo(externalSecret.getMetadata().getUid());
    }

    private static HasMetadata externalSecret() {
        var yaml =
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: database, namespace: default}
                spec:
                  secretStoreRef: {name: aws}
                  data: [{secretKey: password, remoteRef: {key: prod/database}}]
                """;
        return admin.resource(Serialization.unmarshal(yaml, HasMetadata.class)).create();
    }

    @Test
    void uninstalledWithoutKeep_theCrdsGo() {
        install("--set", "crds.keep=false");
        assertThat(crds()).hasSameSizeAs(CrdInstallation.checkedIn());

        helm.run("uninstall", "lockstep", "-n", NAMESPACE).successful();

        await("the CRDs to go").until(() -> crds().isEmpty());
    }

    @Test
    void whatTemplateRenders_canBeApplied(@TempDir Path folder) throws IOException {
        create(NAMESPACE);
        create("team-a");
        create("team-b");
        var manifests = helm.run(Chart.template("-f", Chart.SCOPED.toString())).successful();
        var file = Files.writeString(folder.resolve("manifests.yaml"), manifests);

        var applied = new Kubectl(server).run("apply", "--server-side", "-f", file.toString());

        assertThat(applied.successful())
                .contains("deployment.apps/lockstep serverside-applied")
                .doesNotContain("Warning");
        new Kubectl(server).run("delete", "-f", file.toString()).successful();
    }

    @Test
    void thePod_isTakenWherePodSecurityIsRestricted() {
        var restricted = Map.of("pod-security.kubernetes.io/enforce", "restricted");
        var namespace =
                new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("restricted")
                        .withLabels(restricted)
                        .endMetadata();
        admin.resource(namespace.build()).create();
        install();
        var template =
                admin.apps()
                        .deployments()
                        .inNamespace(NAMESPACE)
                        .withName("lockstep")
                        .require()
                        .getSpec()
                        .getTemplate();
        var pod =
                new PodBuilder()
                        .withMetadata(template.getMetadata())
                        .editMetadata()
                        .withName("lockstep")
                        .withNamespace("restricted")
                        .endMetadata()
                        .withSpec(template.getSpec())
                        .build();

        assertThat(admin.resource(pod).dryRun().create()).isNotNull();
        pod.getSpec().setSecurityContext(null);
        assertThatThrownBy(() -> admin.resource(pod).dryRun().create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("PodSecurity");
    }
}
