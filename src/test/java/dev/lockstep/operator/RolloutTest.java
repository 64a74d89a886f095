package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A changed Secret reaches its workloads, on a real API server whose Deployments really roll. */
@RealApiServer
class RolloutTest {
    private static final String USES_DB =
            "{containers: [{name: c, image: i, envFrom: [{secretRef: {name: db}}]}]}";
    private static final String USES_BOTH =
            "{containers: [{name: c, image: i, envFrom: [{secretRef: {name: db}},"
                    + " {secretRef: {name: api}}]}]}";
    private static final String USES_NONE = "{containers: [{name: c, image: i}]}";
    private static final String CONSUMERS = "{restart: Consumers, minInterval: 0s}";

    private static RollingCluster cluster;
    private RollingCluster.Team team;

    @BeforeAll
    static void launch() {
        cluster = new RollingCluster();
    }

    @AfterAll
    static void end() {
        cluster.close();
    }

    @BeforeEach
    void newTeam() {
        team = cluster.team();
    }

    @Test
    void aRotation_restartsEachWorkloadThatUsesTheSecret_inWhicheverWay_once() {
        var node = cluster.node();
        team.secret("db", "{restart: Consumers, minInterval: 0s, maxConcurrent: 10}");
        var uses = new LinkedHashMap<String, String>();
        uses.put("from-env", USES_DB);
        uses.put(
                "env",
                "{containers: [{name: c, image: i, env: [{name: A, valueFrom: {secretKeyRef:"
                        + " {name: db, key: password}}}]}]}");
        uses.put(
                "init",
                "{containers: [{name: c, image: i}], initContainers: [{name: n, image: i, envFrom:"
                        + " [{secretRef: {name: db}}]}]}");
        uses.put(
                "volume",
                "{containers: [{name: c, image: i}], volumes: [{name: v, secret: {secretName:"
                        + " db}}]}");
        uses.put(
                "projected",
                "{containers: [{name: c, image: i}], volumes: [{name: v, projected: {sources:"
                        + " [{secret: {name: db}}]}}]}");
        uses.put(
                "image-pull",
                "{containers: [{name: c, image: i}], imagePullSecrets: [{name: db}]}");
        uses.forEach(team::deployment);
        team.deployment("other", USES_NONE);
        team.apply(team.manifest("StatefulSet", "set", USES_DB, "serviceName: set"));
        team.apply(team.manifest("DaemonSet", "daemon", USES_DB, ""));
        team.awaitCurrent("db", uses.size() + 2);

        team.rotate("db", "second");

        team.awaitRolledOut("db", "RollingOut");
        team.awaitCurrent("db", uses.size() + 2);
        assertThat(uses.keySet()).allMatch(name -> team.templates(name) == 2);
        assertThat(team.templates("set")).isEqualTo(2);
        assertThat(team.templates("daemon")).isEqualTo(2);
        assertThat(team.templates("other")).isEqualTo(1);
        team.eventually("an event of each restart", () -> team.events("Restarted").size() == 8);
        assertThat(team.events("Restarted"))
                .contains("StatefulSet set restarted, as Secret db has changed");
        cluster.admin.resource(node).delete();
    }

    @Test
    void whatIsInstalledTogether_isNotRestarted_norIsWhatComesLater_norByEqualData() {
        team.deployment("first", USES_DB, "");
        team.secret("db", CONSUMERS);
        team.deployment("later", USES_DB);
        team.awaitCurrent("db", 2);
        var changedAt = team.changedAt("db");
        var versions = team.versions("db");

        team.put("db", "{\"password\": \"first\", \"moved\": true}");
        team.eventually("the version to be carried", () -> !team.versions("db").equals(versions));
        cluster.restartOperator();
        team.deployment("last", USES_DB);
        team.awaitCurrent("db", 3);

        assertThat(team.changedAt("db")).isEqualTo(changedAt);
        assertThat(team.templates("first") + team.templates("later") + team.templates("last"))
                .isEqualTo(3);
    }

    @Test
    void secretsThatChangeTogether_restartAWorkloadOnce() {
        team.secret("db", CONSUMERS);
        team.secret("api", CONSUMERS);
        team.deployment("web", USES_BOTH);

        team.rotate("db", "second");
        team.rotate("api", "second");

        team.awaitTemplates("web", 2);
        team.awaitCurrent("db", 1);
        team.awaitCurrent("api", 1);
        assertThat(team.templates("web")).isEqualTo(2);
        assertThat(annotations("web")).containsValues(team.revision("db"), team.revision("api"));
    }

    @Test
    void twoRotationsAtOnce_restartOnce_withTheLast_andAnOperatorThatIsBackDoesNotRestartAgain() {
        team.secret("db", CONSUMERS);
        team.deployment("web", USES_DB);

        team.rotate("db", "second");
        team.rotate("db", "third");
        cluster.restartOperator();
        team.awaitTemplates("web", 2);
        cluster.restartOperator();
        team.awaitCurrent("db", 1);

        assertThat(annotations("web")).containsValue(team.revision("db"));
        assertThat(team.templates("web")).isEqualTo(2);
    }

    @Test
    void anUndo_staysUndone_untilTheNextRotation() {
        team.secret("db", CONSUMERS);
        team.deployment("web", USES_DB);
        team.rotate("db", "second");
        team.awaitTemplates("web", 2);
        team.awaitCurrent("db", 1);

        deployment("web").rolling().undo();

        assertThat(team.awaitRolledOut("db", "Overridden").message()).contains("Deployment web");
        assertThat(annotations("web")).doesNotContainValue(team.revision("db"));
        team.rotate("db", "third");
        team.awaitTemplates("web", 3);
        team.awaitCurrent("db", 1);
    }

    @Test
    void aToolThatAppliesTheManifestAgain_doesNotTakeTheRestartBack_butOneThatReplacesItDoes() {
        team.secret("db", CONSUMERS);
        team.deployment("web", USES_DB);
        team.rotate("db", "second");
        team.awaitTemplates("web", 2);
        team.awaitCurrent("db", 1);

        team.deployment("web", USES_DB);
        assertThat(annotations("web")).containsValue(team.revision("db"));
        assertThat(team.templates("web")).isEqualTo(2);

        deployment("web")
                .edit(
                        web -> {
                            web.getSpec().getTemplate().getMetadata().setAnnotations(Map.of());
                            return web;
                        });

        team.awaitRolledOut("db", "Overridden");
        cluster.restartOperator();
        team.deployment("marker", USES_DB);
        team.eventually("a look at the new workload", () -> team.templates("marker") == 1);
        assertThat(annotations("web")).doesNotContainValue(team.revision("db"));
        assertThat(team.templates("web")).isEqualTo(2);
    }

    @Test
    void underStop_laterWorkloadsWaitForOneThatFailed_untilItIsUp() {
        team.secret("db", "{restart: Consumers, minInterval: 0s, onFailure: Stop}");
        team.deployment("a", USES_DB, "progressDeadlineSeconds: 2\n");
        team.deployment("b", USES_DB);
        team.awaitCurrent("db", 2);
        cluster.pods.breakDown("a");

        team.rotate("db", "second");

        assertThat(team.awaitRolledOut("db", "RolloutFailed").message())
                .isEqualTo(
                        "not up in time after a restart: Deployment a (of 1 pods 1 have the new"
                                + " template and 1 are available). Look at the pods; workloads that"
                                + " wait to be restarted: 1");
        team.eventually("an event of the failure", () -> team.events("RolloutFailed").size() == 1);
        assertThat(team.templates("b")).isEqualTo(1);

        cluster.pods.mend("a");
        team.awaitTemplates("b", 2);
        team.awaitCurrent("db", 2);
    }

    @Test
    void whatIsPausedOrScaledToZero_isLeftAlone_andUpdatesOnDeleteAreTold() {
        team.secret("db", CONSUMERS);
        team.deployment("paused", USES_DB);
        deployment("paused").rolling().pause();
        team.apply(team.manifest("Deployment", "empty", USES_DB, "replicas: 0"));
        team.apply(
                team.manifest(
                        "StatefulSet",
                        "by-hand",
                        USES_DB,
                        "serviceName: s\nupdateStrategy: {type: OnDelete}"));
        team.deployment("web", USES_DB);

        team.rotate("db", "second");
        team.awaitTemplates("web", 2);

        assertThat(team.awaitRolledOut("db", "Paused").message())
                .isEqualTo("restarted once they are resumed: Deployment paused");
        deployment("paused").rolling().resume();
        team.awaitTemplates("paused", 2);
        assertThat(team.awaitRolledOut("db", "OnDelete").message()).contains("StatefulSet by-hand");
        assertThat(team.templates("empty") + team.templates("by-hand")).isEqualTo(2);
    }

    @Test
    void listedWorkloads_restartInTheirOrder_andNoOthers_andAnArgoRolloutByItsRestartAt() {
        team.secret(
                "db",
                "{restart: Listed, minInterval: 0s, targets: [{kind: Rollout, name: canary},"
                        + " {kind: Deployment, name: worker}]}");
        team.deployment("worker", USES_NONE);
        team.deployment("web", USES_DB);
        team.apply(
                """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: canary}
                spec: {replicas: 1}
                """);
        var uid =
                ArgoRollouts.rollout(cluster.admin, team.namespace, "canary")
                        .require()
                        .getMetadata()
                        .getUid();
        team.apply(
                """
                apiVersion: apps/v1
                kind: ReplicaSet
                metadata:
                  name: canary-1
                  ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: canary, uid: %s, controller: true}]
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: canary}}
                  template:
                    metadata: {labels: {app: canary}}
                    spec: {containers: [{name: c, image: i}]}
                """
                        .formatted(uid));
        team.awaitCurrent("db", 2);

        team.rotate("db", "second");

        team.eventually("the restart of the Rollout", () -> restartAt() != null);
        assertThat(Instant.parse(restartAt()))
                .isBetween(team.changedAt("db"), team.changedAt("db").plusSeconds(1));
        assertThat(team.templates("worker")).as("it waits for the Rollout").isEqualTo(1);
        ArgoRollouts.rollout(cluster.admin, team.namespace, "canary")
                .editStatus(
                        rollout -> {
                            rollout.setAdditionalProperty(
                                    "status", Map.of("restartedAt", restartAt()));
                            return rollout;
                        });
        team.awaitTemplates("worker", 2);
        team.awaitCurrent("db", 2);
        assertThat(team.templates("web")).isEqualTo(1);
    }

    @Test
    void aRestartThatAnAdmissionPolicyRefuses_isTold_holdsNobodyElse_andIsTriedAgain() {
        team.secret("db", CONSUMERS);
        team.deployment("a-locked", USES_DB);
        team.deployment("b-free", USES_DB);
        team.awaitCurrent("db", 2);
        var policy =
                """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: locked}
                spec:
                  matchConstraints:
                    resourceRules:
                      - {apiGroups: [apps], apiVersions: [v1], operations: [UPDATE], resources: [deployments]}
                  validations:
                    - expression: object.metadata.name != 'a-locked' || object.spec.template == oldObject.spec.template
                      message: templates are locked on Fridays
                ---
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {name: locked}
                spec: {policyName: locked, validationActions: [Deny]}
                """;
        var locked = cluster.admin.load(Tenant.stream(policy));
        locked.serverSideApply();
        try {
            team.eventually("the policy to hold", this::isLocked);

            team.rotate("db", "second");

            team.awaitTemplates("b-free", 2);
            assertThat(team.awaitRolledOut("db", "RestartRefused").message())
                    .contains("Deployment a-locked", "templates are locked on Fridays");
            assertThat(team.templates("a-locked")).isEqualTo(1);
        } finally {
            locked.delete();
        }
        team.awaitTemplates("a-locked", 2);
        team.awaitCurrent("db", 2);
    }

    private boolean isLocked() {
        try {
            deployment("a-locked")
                    .dryRun()
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\": {\"template\": {\"metadata\": {\"annotations\": {\"a\": \"b\"}}}}}");
            return false;
        } catch (KubernetesClientException e) {
            return true;
        }
    }

    private String restartAt() {
        return ArgoRollouts.rollout(cluster.admin, team.namespace, "canary")
                .require()
                .get("spec", "restartAt");
    }

    private RollableScalableResource<Deployment> deployment(String name) {
        return cluster.admin.apps().deployments().inNamespace(team.namespace).withName(name);
    }

    private Map<String, String> annotations(String deployment) {
        var metadata = deployment(deployment).require().getSpec().getTemplate().getMetadata();
        return metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
    }
}
