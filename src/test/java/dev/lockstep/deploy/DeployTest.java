package dev.lockstep.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.Kubectl;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an admin applies, and what the operator may do then. */
@RealApiServer
class DeployTest {

    private static final String OPERATOR = "system:serviceaccount:lockstep-system:lockstep";
    private static final String NOT_OURS = "default";
    private static final List<String> RIGHTS =
            List.of(
                    "namespace.yaml",
                    "service-account.yaml",
                    "cluster-role.yaml",
                    "cluster-role-binding.yaml",
                    "leader-election.yaml");

    private static Kubectl kubectl;

    /** All but the Deployment, which a controller that a later test starts would act on. */
    @BeforeAll
    static void installAllButTheDeployment(KubeApiServer server, KubernetesClient admin) {
        CrdInstallation.install(admin);
        kubectl = new Kubectl(server);
        for (var file : RIGHTS) {
            applied("apply", "--server-side", "-f", "deploy/" + file);
        }
    }

    @Test
    void theKustomization_isTakenWithoutAWarning() {
        var output = applied("apply", "--server-side", "--dry-run=server", "-k", "deploy");

        assertThat(output)
                .contains("deployment.apps/lockstep")
                .contains("clusterrolebinding.rbac.authorization.k8s.io/lockstep")
                .doesNotContain("Warning");
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy/samples", "deploy/samples/irsa"})
    void theSamples_areTaken(String folder) {
        var output = applied("apply", "--server-side", "--dry-run=server", "-f", folder);

        assertThat(output)
                .contains("secretstore.external-secrets.io/")
                .contains("externalsecret.external-secrets.io/database");
    }

    @Test
    void theFurtherSamples_areTaken() {
        assertThat(
                        applied(
                                "apply",
                                "--server-side",
                                "--dry-run=server",
                                "-f",
                                "deploy/samples/further"))
                .contains(
                        "clusterexternalsecret.external-secrets.io/registry-login",
                        "externalsecret.external-secrets.io/database-config",
                        "externalsecret.external-secrets.io/database-with-restart",
                        "externalsecret.external-secrets.io/session-key",
                        "externalsecret.external-secrets.io/shop",
                        "password.generators.external-secrets.io/long");
    }

    @ParameterizedTest
    @CsvSource({
        "list, externalsecrets.external-secrets.io",
        "watch, secretstores.external-secrets.io",
        "list, clustersecretstores.external-secrets.io",
        "get, externalsecrets.external-secrets.io",
        "watch, passwords.generators.external-secrets.io",
        "get, clustergenerators.generators.external-secrets.io",
        "patch, externalsecrets.external-secrets.io/status",
        "patch, secretstores.external-secrets.io/status",
        "patch, clustersecretstores.external-secrets.io/status",
        "patch, externalsecrets.external-secrets.io",
        "update, externalsecrets.external-secrets.io/finalizers",
        "create, secrets",
        "update, secrets",
        "patch, secrets",
        "delete, secrets",
        "watch, serviceaccounts",
        "create, serviceaccounts/token",
        "watch, namespaces",
        "patch, namespaces",
        "watch, clusterexternalsecrets.external-secrets.io",
        "patch, clusterexternalsecrets.external-secrets.io/status",
        "create, externalsecrets.external-secrets.io",
        "delete, externalsecrets.external-secrets.io",
        "create, events",
        "patch, events"
    })
    void whatTheOperatorDoes_isGrantedInEveryNamespace(String verb, String resource) {
        assertThat(may(verb, resource, NOT_OURS)).isEqualTo("yes");
    }

    @ParameterizedTest
    @CsvSource({
        "update, externalsecrets.external-secrets.io",
        "update, externalsecrets.external-secrets.io/status",
        "patch, secretstores.external-secrets.io",
        "get, secretstores.external-secrets.io",
        "get, serviceaccounts",
        "delete, clustersecretstores.external-secrets.io",
        "deletecollection, secrets",
        "create, configmaps",
        "update, serviceaccounts",
        "impersonate, serviceaccounts",
        "create, pods",
        "get, pods",
        "patch, deployments.apps",
        "get, customresourcedefinitions.apiextensions.k8s.io",
        "create, clusterrolebindings.rbac.authorization.k8s.io",
        "get, leases.coordination.k8s.io"
    })
    void whatTheOperatorDoesNotDo_isNotGranted(String verb, String resource) {
        assertThat(may(verb, resource, NOT_OURS)).isEqualTo("no");
    }

    @ParameterizedTest
    @CsvSource({
        "create, leases.coordination.k8s.io, yes",
        "get, leases.coordination.k8s.io/lockstep, yes",
        "patch, leases.coordination.k8s.io/lockstep, yes",
        "update, leases.coordination.k8s.io/lockstep, yes",
        "update, leases.coordination.k8s.io/another, no"
    })
    void inItsOwnNamespace_theOperatorHoldsItsLeaseOnly(
            String verb, String resource, String answer) {
        assertThat(may(verb, resource, "lockstep-system")).isEqualTo(answer);
    }

    /**
     * What the API server says, yes or no.
     *
     * @param resource with a subresource or, for leases, a name behind a slash
     */
    private static String may(String verb, String resource, String namespace) {
        var parts = resource.split("/");
        var command = new ArrayList<>(List.of("auth", "can-i", verb));
        if (parts.length == 1 || resource.startsWith("leases")) {
            command.add(resource);
        } else {
            command.addAll(List.of(parts[0], "--subresource=" + parts[1]));
        }
        command.addAll(List.of("-n", namespace, "--as=" + OPERATOR));
        var answer = kubectl.run(command.toArray(String[]::new)).text();
        // A warning may precede it.
        return answer.lines().reduce((earlier, later) -> later).orElse("");
    }

    private static String applied(String... arguments) {
        var result = kubectl.run(arguments);
        assertThat(result.code()).as(result.text()).isZero();
        return result.text();
    }
}
