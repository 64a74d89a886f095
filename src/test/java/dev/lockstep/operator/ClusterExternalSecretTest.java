package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ClusterExternalSecretStatus;
import dev.lockstep.api.ClusterExternalSecretStatus.FailedNamespace;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.EsoClusterFinalizers;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One ExternalSecret in each namespace that is selected, and in no other. */
class ClusterExternalSecretTest {
    private static final String SELECTED = "namespaceSelectors: [{matchLabels: {team: a}}]";
    private static final String FORCE_SYNC = "external-secrets.io/force-sync";

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void selectedNamespaces_haveTheExternalSecret_withOwnerLabelsAndAnnotations() {
        namespace("one", "a");
        namespace("two", "a");
        namespace("three", "b");
        apply(
                SELECTED
                        + "\nexternalSecretMetadata: {labels: {from: cluster}, annotations: {note: x}}");

        awaitProvisioned("one", "two");

        var made = externalSecret("one");
        assertThat(made.labels()).isEqualTo(Map.of("from", "cluster"));
        assertThat(made.annotations()).isEqualTo(Map.of("note", "x"));
        assertThat(made.spec().data()).hasSize(1);
        assertThat(made.getMetadata().getOwnerReferences())
                .singleElement()
                .returns("external-secrets.io/v1", owner -> owner.getApiVersion())
                .returns("ClusterExternalSecret", owner -> owner.getKind())
                .returns("shared", owner -> owner.getName())
                .returns(cluster().getMetadata().getUid(), owner -> owner.getUid())
                .returns(true, owner -> owner.getController())
                .returns(true, owner -> owner.getBlockOwnerDeletion());
        assertThat(externalSecret("three")).isNull();
        assertThat(cluster().status().externalSecretName()).isEqualTo("shared");
        assertThat(cluster().status().conditions())
                .extracting(c -> c.type(), c -> c.status())
                .containsExactly(tuple("Ready", "True"));
        assertThat(sandbox.operator().scrape())
                .contains(
                        "clusterexternalsecret_status_condition{name=\"shared\",namespace=\"\",condition=\"Ready\",status=\"True\",} 1.0");
    }

    @Test
    void labels_areFollowed() {
        namespace("one", "a");
        namespace("two", "b");
        apply(SELECTED);
        awaitProvisioned("one");

        label("two", "a");
        awaitProvisioned("one", "two");

        label("one", "b");
        awaitProvisioned("two");
        await().until(() -> externalSecret("one") == null);
    }

    @Test
    void aNewNamespace_hasIt() {
        apply("namespaces: [late]");
        awaitProvisioned();
        namespace("late", "b");
        awaitProvisioned("late");
    }

    @Test
    void anotherName_replacesTheFormerOne() {
        namespace("one", "a");
        apply(SELECTED);
        awaitProvisioned("one");

        apply(SELECTED + "\nexternalSecretName: renamed");

        await().until(() -> externalSecrets("one", "renamed").get() != null);
        await().until(() -> externalSecret("one") == null);
        awaitStatus("the new name", status -> "renamed".equals(status.externalSecretName()));
    }

    @Test
    void anExternalSecretOfSomebodyElse_isReported_untouched_andReplacedOnceItGoes() {
        namespace("one", "a");
        namespace("two", "a");
        sandbox.apply(
                Sandbox.externalSecret(Sandbox.PASSWORD)
                        .replace(
                                "{name: database, namespace: default}",
                                "{name: shared, namespace: two}"));
        var theirs = externalSecret("two");
        apply(SELECTED);

        awaitProvisioned("one");
        assertThat(cluster().status().failedNamespaces())
                .containsExactly(
                        new FailedNamespace(
                                "two",
                                "ExternalSecret two/shared exists and is not of this ClusterExternalSecret: delete it, or choose another spec.externalSecretName"));
        assertThat(cluster().status().conditions())
                .singleElement()
                .returns("False", c -> c.status())
                .satisfies(
                        c ->
                                assertThat(c.message())
                                        .startsWith(
                                                "1 of the namespaces failed, the first is two"));
        assertThat(externalSecret("two").getSpec()).isEqualTo(theirs.getSpec());
        assertThat(externalSecret("two").getMetadata().getOwnerReferences()).isEmpty();

        externalSecrets("two", "shared").delete();
        awaitProvisioned("one", "two");
        assertThat(cluster().status().failedNamespaces()).isEmpty();
    }

    @Test
    void aChangedSpec_changesThem_andEditsAreUndone() {
        namespace("one", "a");
        apply(SELECTED);
        awaitProvisioned("one");

        apply(SELECTED, "2h");
        await().until(() -> "2h".equals(externalSecret("one").spec().refreshInterval()));

        merge(externalSecrets("one", "shared"), "{\"spec\": {\"refreshInterval\": \"3h\"}}");
        await().until(() -> "2h".equals(externalSecret("one").spec().refreshInterval()));

        externalSecrets("one", "shared").delete();
        await().until(() -> externalSecret("one") != null);
    }

    @Test
    void forceSync_isHandedOn_andTakenAwayAgain() {
        namespace("one", "a");
        apply(SELECTED);
        awaitProvisioned("one");
        var patch = "{\"metadata\": {\"annotations\": {\"" + FORCE_SYNC + "\": %s}}}";

        merge(clusters(), patch.formatted("\"now\""));
        await().until(() -> "now".equals(externalSecret("one").annotations().get(FORCE_SYNC)));

        merge(clusters(), patch.formatted("null"));
        await().until(() -> !externalSecret("one").annotations().containsKey(FORCE_SYNC));
    }

    @Test
    void whereNothingChanges_nothingIsWritten() {
        namespace("one", "a");
        apply(SELECTED);
        awaitProvisioned("one");
        var one = externalSecret("one").getMetadata().getGeneration();
        var status = cluster().getMetadata().getResourceVersion();

        namespace("other", "b");
        label("other", "c");
        namespace("two", "a");
        awaitProvisioned("one", "two");
        assertThat(externalSecret("one").getMetadata().getGeneration()).isEqualTo(one);
        var after = cluster().getMetadata().getResourceVersion();
        assertThat(after).isNotEqualTo(status);

        namespace("marker", "b");
        apply("namespaces: [marker]", "1h", "second");
        awaitStatus("second", "second", s -> s.provisionedNamespaces().equals(List.of("marker")));
        assertThat(cluster().getMetadata().getResourceVersion()).isEqualTo(after);
    }

    @Test
    void theFinalizersOfEso_areTakenAway() {
        sandbox.client()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName("one")
                                .addToLabels("team", "a")
                                .addToFinalizers(
                                        "example.com/theirs",
                                        EsoClusterFinalizers.onNamespacesOf("shared"))
                                .endMetadata()
                                .build())
                .create();
        sandbox.apply(
                yaml(SELECTED, "1h", "shared")
                        .replace(
                                "{name: shared}",
                                "{name: shared, finalizers: [%s]}"
                                        .formatted(EsoClusterFinalizers.NAME)));
        awaitProvisioned("one");

        await().until(() -> !EsoClusterFinalizers.isOn(cluster()));
        await().untilAsserted(
                        () ->
                                assertThat(
                                                sandbox.client()
                                                        .namespaces()
                                                        .withName("one")
                                                        .get()
                                                        .getMetadata()
                                                        .getFinalizers())
                                        .containsExactly("example.com/theirs"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "namespaceSelectors: [{matchExpressions: [{key: team, operator: Is}]}] | spec.namespaceSelectors[0].matchExpressions[0]: write In or NotIn with values, or Exists or DoesNotExist without",
                "namespaceSelector: {matchExpressions: [{key: team, operator: In}]} | spec.namespaceSelector.matchExpressions[0]: write In or NotIn with values, or Exists or DoesNotExist without",
                "refreshTime: soon | spec.refreshTime: 'soon' is no duration: write it as 1h, 5m30s or 90s",
                "externalSecretName: Shared | spec.externalSecretName: 'Shared' is no name of an object: write lower-case letters, digits, - and .",
            })
    void whatIsWrong_isSaid_andLeavesWhatIsThere(String wrong, String message) {
        namespace("one", "a");
        apply(SELECTED);
        awaitProvisioned("one");

        apply(wrong);

        awaitStatus(
                message,
                status ->
                        status.conditions().stream()
                                .anyMatch(
                                        c ->
                                                c.status().equals("False")
                                                        && message.equals(c.message())));
        assertThat(cluster().status().provisionedNamespaces()).containsExactly("one");
        assertThat(externalSecret("one")).isNotNull();
    }

    private void namespace(String name, String team) {
        sandbox.client()
                .resource(
                        new NamespaceBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .addToLabels("team", team)
                                .endMetadata()
                                .build())
                .create();
    }

    private void label(String namespace, String team) {
        merge(
                sandbox.client().namespaces().withName(namespace),
                "{\"metadata\": {\"labels\": {\"team\": \"%s\"}}}".formatted(team));
    }

    private static void merge(Resource<?> resource, String patch) {
        resource.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private void apply(String selection) {
        apply(selection, "1h");
    }

    private void apply(String selection, String interval) {
        apply(selection, interval, "shared");
    }

    private void apply(String selection, String interval, String name) {
        sandbox.apply(yaml(selection, interval, name));
    }

    private static String yaml(String selection, String interval, String name) {
        return """
        apiVersion: external-secrets.io/v1
        kind: ClusterExternalSecret
        metadata: {name: %s}
        spec:
          externalSecretSpec:
            secretStoreRef: {name: aws, kind: SecretStore}
            refreshInterval: %s
            data: [{secretKey: password, remoteRef: {key: prod/database}}]
        """
                        .formatted(name, interval)
                + selection.indent(2);
    }

    private void awaitProvisioned(String... namespaces) {
        awaitStatus(
                "provisioned",
                status ->
                        !status.conditions().isEmpty()
                                && status.provisionedNamespaces().equals(List.of(namespaces)));
    }

    private void awaitStatus(String what, Predicate<ClusterExternalSecretStatus> says) {
        awaitStatus("shared", what, says);
    }

    private void awaitStatus(
            String name, String what, Predicate<ClusterExternalSecretStatus> says) {
        await(what)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(25))
                .until(() -> clusters(name).get().status(), says);
    }

    private ClusterExternalSecret cluster() {
        return clusters().get();
    }

    private Resource<ClusterExternalSecret> clusters() {
        return clusters("shared");
    }

    private Resource<ClusterExternalSecret> clusters(String name) {
        return sandbox.client().resources(ClusterExternalSecret.class).withName(name);
    }

    private ExternalSecret externalSecret(String namespace) {
        return externalSecrets(namespace, "shared").get();
    }

    private Resource<ExternalSecret> externalSecrets(String namespace, String name) {
        return sandbox.client()
                .resources(ExternalSecret.class)
                .inNamespace(namespace)
                .withName(name);
    }
}
