package dev.lockstep.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is kept of workloads in the shapes that Kubernetes and Argo give them. */
class WorkloadReadingTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private final WorkloadReading reading =
            new WorkloadReading(SERIALIZATION, "restart.lockstep.dev");

    private static <T> T parse(Class<T> kind, String spec, String status) {
        return SERIALIZATION.unmarshal(
                """
                metadata:
                  name: app
                  namespace: team
                  uid: u
                  generation: 2
                  managedFields:
                    - {manager: kubectl, operation: Apply, time: "2026-01-01T12:00:00Z"}
                    - {manager: restart.lockstep.dev, operation: Apply, time: "2026-01-01T11:00:00Z"}
                spec: %s
                status: %s
                """
                        .formatted(spec, status),
                kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // As its controller says, whatever pods do later.
                "{} | {observedGeneration: 2, replicas: 1, updatedReplicas: 1,"
                        + " conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]} | COMPLETE",
                "{} | {observedGeneration: 1, replicas: 1, updatedReplicas: 1,"
                        + " conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]} | ROLLING",
                "{} | {observedGeneration: 2, replicas: 2, updatedReplicas: 1,"
                        + " conditions: [{type: Progressing, reason: NewReplicaSetAvailable}]} | ROLLING",
                "{} | {observedGeneration: 2, replicas: 2, updatedReplicas: 1,"
                        + " conditions: [{type: Progressing, reason: ReplicaSetUpdated}]} | ROLLING",
                "{} | {observedGeneration: 2, replicas: 2, updatedReplicas: 1, conditions:"
                        + " [{type: Progressing, reason: ProgressDeadlineExceeded}]} | FAILED",
                // Without a progress deadline it says nothing.
                "{replicas: 2} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2,"
                        + " availableReplicas: 2} | COMPLETE",
                "{replicas: 2} | {observedGeneration: 2, replicas: 2, updatedReplicas: 2,"
                        + " availableReplicas: 1} | ROLLING",
                "{} | {} | ROLLING",
                "{} | null | ROLLING"
            })
    void aDeployment_isUpWhenItsControllerSaysSo(
            String spec, String status, Progress.Kind progress) {
        var workload = reading.deployment(parse(Deployment.class, spec, status));

        assertThat(workload.progress().kind()).isEqualTo(progress);
        assertThat(workload.deadline()).as("its controller keeps it").isEmpty();
    }

    @Test
    void aDeploymentThatMayMakeNoPods_saysWhy() {
        var workload =
                reading.deployment(
                        parse(
                                Deployment.class,
                                "{}",
                                "{observedGeneration: 2, conditions: [{type: Progressing, reason:"
                                        + " ProgressDeadlineExceeded}, {type: ReplicaFailure,"
                                        + " status: 'True', message: exceeded quota}]}"));

        assertThat(workload.progress())
                .isEqualTo(
                        Progress.failed(
                                "of 1 pods 0 have the new template and 0 are available: exceeded"
                                        + " quota"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{replicas: 2} | {observedGeneration: 2, updateRevision: b, currentRevision: b} | COMPLETE",
                "{replicas: 2} | {observedGeneration: 2, updateRevision: b, currentRevision: a,"
                        + " updatedReplicas: 1, availableReplicas: 2} | ROLLING",
                "{replicas: 2} | {observedGeneration: 1, updateRevision: b, currentRevision: b} | ROLLING",
                "{replicas: 2, updateStrategy: {rollingUpdate: {partition: 1}}} | {observedGeneration: 2,"
                        + " updateRevision: b, currentRevision: a, updatedReplicas: 1,"
                        + " availableReplicas: 2} | COMPLETE",
                "{replicas: 2} | null | ROLLING"
            })
    void aStatefulSet_isUpWhenItsRevisionIsCurrent_orWhatIsToBeUpdatedIs(
            String spec, String status, Progress.Kind progress) {
        var workload = reading.statefulSet(parse(StatefulSet.class, spec, status));

        assertThat(workload.progress().kind()).isEqualTo(progress);
        assertThat(workload.deadline()).contains(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2,"
                        + " numberAvailable: 2} | COMPLETE | NONE",
                "{observedGeneration: 2, desiredNumberScheduled: 2, updatedNumberScheduled: 2,"
                        + " numberAvailable: 1} | ROLLING | NONE",
                "{observedGeneration: 2, desiredNumberScheduled: 0} | COMPLETE | SCALED_TO_ZERO",
                "{observedGeneration: 1, desiredNumberScheduled: 0} | ROLLING | NONE",
                "null | ROLLING | NONE"
            })
    void aDaemonSet_isUpWhenAllItsPodsAre(
            String status, Progress.Kind progress, Workload.Hold hold) {
        var workload = reading.daemonSet(parse(DaemonSet.class, "{}", status));

        assertThat(workload.progress().kind()).isEqualTo(progress);
        assertThat(workload.hold()).isEqualTo(hold);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{} | {} | COMPLETE | -",
                "{restartAt: '2026-01-01T10:00:00Z'} | {} | ROLLING | 2026-01-01T10:00:00Z",
                "{restartAt: '2026-01-01T10:00:00Z'} | {restartedAt: '2026-01-01T10:00:00Z'}"
                        + " | COMPLETE | 2026-01-01T10:00:00Z",
                "{restartAt: '2026-01-01T10:00:00Z'} | {restartedAt: '2026-01-01T09:00:00Z'}"
                        + " | ROLLING | 2026-01-01T10:00:00Z",
                // Somebody took it away after it was done.
                "{} | {restartedAt: '2026-01-01T09:00:00Z'} | COMPLETE | 2026-01-01T09:00:00Z",
            })
    void anArgoRollout_isUpWhenItsLastRestartIsDone(
            String spec, String status, Progress.Kind progress, Instant restartAt) {
        var workload = reading.rollout(parse(GenericKubernetesResource.class, spec, status));

        assertThat(workload.progress().kind()).isEqualTo(progress);
        assertThat(workload.restartAt().orElse(null)).isEqualTo(restartAt);
        assertThat(workload.deadline()).contains(Duration.ofMinutes(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | NONE",
                "{paused: true} | PAUSED",
                "{replicas: 0} | SCALED_TO_ZERO",
                "{replicas: 0, paused: true} | SCALED_TO_ZERO"
            })
    void whatIsPausedOrHasNoPods_isHeld(String spec, Workload.Hold hold) {
        assertThat(reading.deployment(parse(Deployment.class, spec, "null")).hold())
                .isEqualTo(hold);
        assertThat(reading.rollout(parse(GenericKubernetesResource.class, spec, "null")).hold())
                .isEqualTo(hold);
    }

    @Test
    void updatesOnDelete_areHeld() {
        var spec = "{updateStrategy: {type: OnDelete}}";

        assertThat(reading.statefulSet(parse(StatefulSet.class, spec, "null")).hold())
                .isEqualTo(Workload.Hold.ON_DELETE);
        assertThat(reading.daemonSet(parse(DaemonSet.class, spec, "null")).hold())
                .isEqualTo(Workload.Hold.ON_DELETE);
    }

    @Test
    void secretsOfItsPods_ourAnnotations_andWhenWeApplied_areKept() {
        var workload =
                reading.deployment(
                        parse(
                                Deployment.class,
                                """
                                {template: {
                                  metadata: {annotations: {restart.lockstep.dev/a: r1, other: x}},
                                  spec: {
                                    initContainers: [{envFrom: [{secretRef: {name: init}}, {configMapRef: {name: no}}]}],
                                    containers: [{env: [{name: A, value: b}, {name: B, valueFrom: {secretKeyRef: {name: env}}}, {name: C, valueFrom: {fieldRef: {fieldPath: no}}}]}],
                                    volumes: [{secret: {secretName: volume}}, {projected: {sources: [{secret: {name: projected}}, {configMap: {name: no}}]}}, {emptyDir: {}}],
                                    imagePullSecrets: [{name: pull}]}}}
                                """
                                        .replace('\n', ' '),
                                "null"));

        assertThat(workload.secrets())
                .containsExactlyInAnyOrder("init", "env", "volume", "projected", "pull");
        assertThat(workload.restarts()).isEqualTo(Map.of("restart.lockstep.dev/a", "r1"));
        assertThat(workload.appliedAt()).contains(Instant.parse("2026-01-01T11:00:00Z"));
    }

    @Test
    void aControllerRevision_hasTheAnnotationsOfItsTemplate() {
        var revision =
                SERIALIZATION.unmarshal(
                        """
                        metadata:
                          name: app-1
                          namespace: team
                          creationTimestamp: "2026-01-01T10:00:00Z"
                          ownerReferences: [{uid: other}, {uid: u, controller: true}]
                        data: {spec: {template: {$patch: replace, metadata: {annotations: {restart.lockstep.dev/a: r1, b: c}}}}}
                        """,
                        ControllerRevision.class);

        assertThat(new RevisionReading(SERIALIZATION).controllerRevision(revision))
                .contains(
                        new RevisionReading.Owned(
                                "u",
                                new PodRevision(
                                        Instant.parse("2026-01-01T10:00:00Z"),
                                        Map.of("restart.lockstep.dev/a", "r1"))));
    }
}
