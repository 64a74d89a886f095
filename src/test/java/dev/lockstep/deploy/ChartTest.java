package dev.lockstep.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.config.Options;
import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.sandbox.Helm;
import dev.lockstep.sandbox.Output;
import dev.lockstep.sandbox.RealHelm;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Helm says of the chart, and what it renders. */
@RealHelm
class ChartTest {
    /** Namespaces, and what ClusterExternalSecrets take. */
    private static final int NEEDED_FOR_THE_CLUSTER = 5;

    private final Helm helm = Helm.withoutCluster();

    @Test
    void lint_hasNothingToSay() {
        for (var values : List.of(Chart.SCOPED, Chart.EVERYTHING)) {
            var lint =
                    helm.run("lint", "--strict", Chart.FOLDER.toString(), "-f", values.toString());

            assertThat(lint.code()).as(lint.text()).isZero();
            assertThat(lint.text()).doesNotContain("WARNING");
        }
    }

    @ParameterizedTest
    @MethodSource("groups")
    void aTypo_isRefused_andNamed(String group) {
        var refused = helm.run(Chart.template("--set", group + "tpyo=1"));

        assertThat(refused.code()).isNotZero();
        assertThat(refused.text()).contains("additional properties 'tpyo' not allowed");
    }

    /** Where values.yaml has names of the chart's own, at any depth. */
    static Stream<String> groups() {
        return groups("", Chart.values());
    }

    private static Stream<String> groups(String at, JsonNode values) {
        var below =
                values.properties().stream()
                        .filter(value -> value.getValue() instanceof ObjectNode)
                        .filter(value -> !value.getValue().isEmpty())
                        .flatMap(value -> groups(at + value.getKey() + ".", value.getValue()));
        return Stream.concat(
                at.matches("resources\\.\\w+\\.") ? Stream.empty() : Stream.of(at), below);
    }

    @ParameterizedTest
    @CsvSource({
        "replicas=two, /replicas",
        "image.digest=sha256:abc, /image/digest",
        "image.pullPolicy=Sometimes, /image/pullPolicy",
        "options.minRefreshInterval=soon, /options/minRefreshInterval",
        "scopedNamespaces=team-a, /scopedNamespaces",
        "scopedNamespaces={Team}, /scopedNamespaces/0",
        "resources.limits.memry=1Gi, /resources/limits",
        "extraEnv[0].nmae=A, /extraEnv/0",
        "serviceAccount.create=false, /serviceAccount/name"
    })
    void aValueThatCannotBe_isRefused_andNamed(String value, String named) {
        var refused = helm.run(Chart.template("--set", value));

        assertThat(refused.code()).isNotZero();
        assertThat(refused.text()).contains("at '" + named);
    }

    @Test
    void deploy_isWhatTheChartRenders(@TempDir Path rendered) throws IOException {
        var script = new ProcessBuilder("hack/render-deploy", rendered.toString());
        script.environment().put("LOCKSTEP_HELM", helm.folder().toString());
        Output.of(script).successful();

        try (var files = Files.list(rendered)) {
            var names = files.map(Path::getFileName).map(Path::toString).sorted().toList();
            assertThat(names).contains("deployment.yaml", "cluster-role.yaml");
            for (var name : names) {
                assertThat(Path.of("deploy", name))
                        .as("run hack/render-deploy")
                        .hasSameTextualContentAs(rendered.resolve(name));
            }
            var resources = kustomization();
            assertThat(resources).containsAll(names).hasSize(names.size() + 1);
        }
    }

    private static List<String> kustomization() throws IOException {
        var yaml = Files.readString(Path.of("deploy", "kustomization.yaml"));
        var resources = Serialization.unmarshal(yaml, JsonNode.class).path("resources");
        return resources.valueStream().map(JsonNode::asText).toList();
    }

    @Test
    void withoutValues_theOperatorHasItsOwnDefaults() {
        var defaults =
                Options.all().stream()
                        .filter(option -> !option.defaultValue().isEmpty())
                        .collect(
                                Collectors.toMap(
                                        Options.Option::environment, Options.Option::defaultValue));

        assertThat(Chart.render().options()).isEqualTo(defaults);
    }

    @Test
    void everyOptionOfTheOperator_canBeSet() {
        var options =
                Chart.render("-f", Chart.EVERYTHING.toString(), "-f", Chart.SCOPED.toString())
                        .options();

        assertThat(options)
                .containsAllEntriesOf(
                        Map.of(
                                "LOCKSTEP_CONTROLLER_CLASS", "production",
                                "LOCKSTEP_CLUSTER_NAME", "eu-1",
                                "LOCKSTEP_NAMESPACES", "team-a,team-b",
                                "LOCKSTEP_ROLLOUT_ENABLED", "true",
                                "LOCKSTEP_CONDITION_METRICS", "false",
                                "LOCKSTEP_MIN_REFRESH_INTERVAL", "10s",
                                "LOCKSTEP_LEADER_ELECTION_LEASE_NAME", "steps",
                                "LOCKSTEP_LEADER_ELECTION_LEASE_NAMESPACE", "leases",
                                "LOCKSTEP_LEADER_ELECTION_RETRY_PERIOD", "500ms"));
        assertThat(options.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Options.all().stream().map(Options.Option::environment).toList());
    }

    @Test
    void workloads_areNobodysBusiness_unlessRolloutIsEnabled() {
        for (var scope : List.of(List.<String>of(), List.of("-f", Chart.SCOPED.toString()))) {
            assertThat(groups(Chart.render(scope.toArray(String[]::new))))
                    .isNotEmpty()
                    .doesNotContain("apps", "argoproj.io");
            var enabled = Stream.concat(scope.stream(), Stream.of("--set", "rollout.enabled=true"));
            assertThat(groups(Chart.render(enabled.toArray(String[]::new))))
                    .contains("apps", "argoproj.io");
        }
    }

    /** API groups of which something is granted. */
    private static List<String> groups(Chart.Rendered rendered) {
        return Stream.concat(
                        rendered.all(ClusterRole.class).stream().map(ClusterRole::getRules),
                        rendered.all(Role.class).stream().map(Role::getRules))
                .flatMap(List::stream)
                .flatMap(rule -> rule.getApiGroups().stream())
                .toList();
    }

    @Test
    void theCrds_areThoseOfTheProject_andKept() {
        var rendered = Chart.render().all(CustomResourceDefinition.class);

        assertThat(rendered)
                .allSatisfy(
                        crd ->
                                assertThat(crd.getMetadata().getAnnotations())
                                        .isEqualTo(Map.of("helm.sh/resource-policy", "keep")));
        rendered.forEach(crd -> crd.getMetadata().setAnnotations(null));
        assertThat(rendered)
                .usingElementComparator(Comparator.comparing(Serialization::asYaml))
                .containsExactlyInAnyOrderElementsOf(CrdInstallation.checkedIn());
    }

    @Test
    void theCrds_canGoWithTheRelease_orBeLeftOut() {
        assertThat(Chart.render("--set", "crds.keep=false").all(CustomResourceDefinition.class))
                .hasSameSizeAs(CrdInstallation.checkedIn())
                .allSatisfy(crd -> assertThat(crd.getMetadata().getAnnotations()).isEmpty());
        assertThat(Chart.render("--set", "crds.enabled=false").kinds())
                .doesNotContain("CustomResourceDefinition")
                .contains("Deployment");
    }

    @Test
    void scoped_nothingIsGrantedForTheCluster() {
        var rendered = Chart.render("-f", Chart.SCOPED.toString());

        assertThat(rendered.kinds()).doesNotContain("ClusterRole", "ClusterRoleBinding");
        var roles =
                rendered.all(Role.class).stream()
                        .filter(role -> role.getMetadata().getName().equals("lockstep"))
                        .toList();
        assertThat(roles)
                .extracting(role -> role.getMetadata().getNamespace())
                .containsExactly("team-a", "team-b");
        var inTheCluster = Chart.render().the(ClusterRole.class).getRules();
        assertThat(roles)
                .allSatisfy(
                        role ->
                                assertThat(role.getRules())
                                        .hasSize(inTheCluster.size() - NEEDED_FOR_THE_CLUSTER)
                                        .flatExtracting("resources")
                                        .contains("secretstores", "externalsecrets/status")
                                        .doesNotContain(
                                                "namespaces",
                                                "clustersecretstores",
                                                "clustersecretstores/status",
                                                "clusterexternalsecrets",
                                                "clusterexternalsecrets/status"));
    }

    @Test
    void withoutClusterExternalSecrets_nothingIsGrantedForThem_andTheOperatorIsTold() {
        var rendered = Chart.render("--set", "processClusterExternalSecret=false");
        var rules = rendered.the(ClusterRole.class).getRules();
        assertThat(rules)
                .flatExtracting("resources")
                .noneMatch(r -> r.toString().startsWith("clusterexternal"));
        assertThat(rules)
                .filteredOn(rule -> rule.getResources().contains("namespaces"))
                .flatExtracting("verbs")
                .containsExactlyInAnyOrder("list", "watch");
        assertThat(rules)
                .filteredOn(rule -> rule.getResources().contains("externalsecrets"))
                .flatExtracting("verbs")
                .doesNotContain("create", "delete");
        assertThat(
                        rendered.the(Deployment.class)
                                .getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .get(0)
                                .getEnv())
                .anyMatch(
                        variable ->
                                variable.getName().equals("LOCKSTEP_CLUSTER_EXTERNAL_SECRETS")
                                        && variable.getValue().equals("false"));
    }

    @Test
    void replicas_bringADisruptionBudget_unlessItIsSwitchedOff() {
        assertThat(Chart.render().all(PodDisruptionBudget.class)).isEmpty();
        assertThat(Chart.render("--set", "replicas=2").all(PodDisruptionBudget.class)).hasSize(1);
        assertThat(
                        Chart.render("--set", "replicas=2,podDisruptionBudget.enabled=false")
                                .all(PodDisruptionBudget.class))
                .isEmpty();
    }

    @Test
    void aDigest_isTakenBeforeATag() {
        var digest = "sha256:" + "1".repeat(64);

        assertThat(image("image.tag=2.0.0")).isEqualTo("lockstep:2.0.0");
        assertThat(image("image.tag=2.0.0,image.digest=" + digest)).isEqualTo("lockstep@" + digest);
    }

    private static String image(String values) {
        return pod("--set", values).getContainers().get(0).getImage();
    }

    private static PodSpec pod(String... options) {
        return Chart.render(options).the(Deployment.class).getSpec().getTemplate().getSpec();
    }

    @Test
    void anExistingServiceAccount_isUsed_andNoneMade() {
        var values = "serviceAccount.create=false,serviceAccount.name=reader";
        var rendered = Chart.render("--set", values);

        assertThat(rendered.all(ServiceAccount.class)).isEmpty();
        assertThat(pod("--set", values).getServiceAccountName()).isEqualTo("reader");
        assertThat(rendered.the(ClusterRoleBinding.class).getSubjects())
                .singleElement()
                .satisfies(subject -> assertThat(subject.getName()).isEqualTo("reader"));
    }

    @Test
    void onOpenShift_usersCanBeLeftToTheCluster() {
        var context =
                pod(
                                "--set",
                                "podSecurityContext.runAsUser=null,podSecurityContext.runAsGroup=null,podSecurityContext.fsGroup=null")
                        .getSecurityContext();

        assertThat(context.getRunAsUser()).isNull();
        assertThat(context.getFsGroup()).isNull();
        assertThat(context.getRunAsNonRoot()).isTrue();
    }
}
