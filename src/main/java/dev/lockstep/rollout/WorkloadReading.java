package dev.lockstep.rollout;

import dev.lockstep.api.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.DaemonSetStatus;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of Kubernetes' own workloads and of Argo's. Whether one is up is told the way {@code
 * kubectl rollout status} tells it, but a Deployment or StatefulSet that once was does not become a
 * failed restart when a pod dies later.
 */
final class WorkloadReading {
    /** Where nothing else is said (semantics 31); also the default of Kubernetes and Argo. */
    static final Duration DEADLINE = Duration.ofMinutes(10);

    private static final String ON_DELETE = "OnDelete";
    private static final Progress UNSEEN = Progress.rolling("its controller has not seen it yet");

    private final KubernetesSerialization serialization;
    private final String fieldManager;

    /**
     * @param fieldManager by which restarts are written
     */
    WorkloadReading(KubernetesSerialization serialization, String fieldManager) {
        this.serialization = serialization;
        this.fieldManager = fieldManager;
    }

    Workload deployment(Deployment deployment) {
        var spec = deployment.getSpec();
        var wanted = spec.getReplicas() == null ? 1 : spec.getReplicas();
        return workload(
                WorkloadKind.Deployment,
                deployment,
                spec.getTemplate(),
                new State(
                        Optional.empty(),
                        hold(Boolean.TRUE.equals(spec.getPaused()), wanted == 0, false),
                        progress(
                                deployment,
                                deployment.getStatus(),
                                Optional.ofNullable(deployment.getStatus())
                                        .map(DeploymentStatus::getObservedGeneration),
                                wanted),
                        Optional.empty()));
    }

    private static Progress progress(
            Deployment deployment,
            @Nullable DeploymentStatus status,
            Optional<Long> observed,
            int wanted) {
        if (status == null || !isSeen(deployment, observed)) {
            return UNSEEN;
        }
        var pods =
                new Pods(
                        wanted,
                        Pods.count(status.getUpdatedReplicas()),
                        Pods.count(status.getAvailableReplicas()));
        var reason =
                status.getConditions().stream()
                        .filter(condition -> "Progressing".equals(condition.getType()))
                        .findFirst()
                        .map(DeploymentCondition::getReason);
        var noneIsOld = Pods.count(status.getReplicas()) <= pods.updated();
        if (noneIsOld && reason.map("NewReplicaSetAvailable"::equals).orElseGet(pods::areUp)) {
            return Progress.COMPLETE;
        }
        return reason.filter("ProgressDeadlineExceeded"::equals).isPresent()
                ? Progress.failed(why(status, pods))
                : Progress.rolling(pods.toString());
    }

    /** A ReplicaSet that may make no pods, by a quota say, tells more than numbers. */
    private static String why(DeploymentStatus status, Pods pods) {
        return status.getConditions().stream()
                .filter(condition -> "ReplicaFailure".equals(condition.getType()))
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(condition -> pods + ": " + condition.getMessage())
                .findFirst()
                .orElseGet(pods::toString);
    }

    Workload statefulSet(StatefulSet set) {
        var spec = set.getSpec();
        var wanted = spec.getReplicas() == null ? 1 : spec.getReplicas();
        var strategy = spec.getUpdateStrategy();
        var rolling = strategy == null ? null : strategy.getRollingUpdate();
        var partition = rolling == null ? 0 : Pods.count(rolling.getPartition());
        return workload(
                WorkloadKind.StatefulSet,
                set,
                spec.getTemplate(),
                new State(
                        Optional.empty(),
                        hold(
                                false,
                                wanted == 0,
                                strategy != null && ON_DELETE.equals(strategy.getType())),
                        progress(set, set.getStatus(), wanted, Math.max(0, wanted - partition)),
                        Optional.of(DEADLINE)));
    }

    private static Progress progress(
            StatefulSet set, @Nullable StatefulSetStatus status, int wanted, int toUpdate) {
        if (status == null || !isSeen(set, Optional.ofNullable(status.getObservedGeneration()))) {
            return UNSEEN;
        }
        // Kubernetes calls a revision current once all pods have had it and were ready.
        if (status.getUpdateRevision() != null
                && status.getUpdateRevision().equals(status.getCurrentRevision())) {
            return Progress.COMPLETE;
        }
        var updated = Pods.count(status.getUpdatedReplicas());
        var available = Pods.count(status.getAvailableReplicas());
        return updated >= toUpdate && available >= wanted
                ? Progress.COMPLETE
                : Progress.rolling(new Pods(wanted, updated, available).toString());
    }

    Workload daemonSet(DaemonSet set) {
        var strategy = set.getSpec().getUpdateStrategy();
        var status = set.getStatus();
        var seen =
                status != null && isSeen(set, Optional.ofNullable(status.getObservedGeneration()));
        return workload(
                WorkloadKind.DaemonSet,
                set,
                set.getSpec().getTemplate(),
                new State(
                        Optional.empty(),
                        hold(
                                false,
                                seen && Pods.count(status.getDesiredNumberScheduled()) == 0,
                                strategy != null && ON_DELETE.equals(strategy.getType())),
                        seen ? progress(status) : UNSEEN,
                        Optional.of(DEADLINE)));
    }

    private static Progress progress(DaemonSetStatus status) {
        var pods =
                new Pods(
                        Pods.count(status.getDesiredNumberScheduled()),
                        Pods.count(status.getUpdatedNumberScheduled()),
                        Pods.count(status.getNumberAvailable()));
        return pods.areUp() ? Progress.COMPLETE : Progress.rolling(pods.toString());
    }

    /** Of Argo Rollouts. One with a workloadRef uses the Secrets that are known to nobody here. */
    Workload rollout(GenericKubernetesResource rollout) {
        var replicas = rollout.<Object>get("spec", "replicas");
        var asked = instant(rollout.get("spec", "restartAt"));
        var done = instant(rollout.get("status", "restartedAt"));
        var template = rollout.<Object>get("spec", "template");
        return workload(
                WorkloadKind.Rollout,
                rollout,
                template == null
                        ? null
                        : serialization.convertValue(template, PodTemplateSpec.class),
                new State(
                        done.filter(at -> asked.filter(at::isBefore).isEmpty()).or(() -> asked),
                        hold(
                                Boolean.TRUE.equals(rollout.get("spec", "paused")),
                                Integer.valueOf(0).equals(replicas),
                                false),
                        progress(rollout, asked, done),
                        Optional.of(
                                rollout.<Object>get("spec", "progressDeadlineSeconds")
                                                instanceof Number seconds
                                        ? Duration.ofSeconds(seconds.longValue())
                                        : DEADLINE)));
    }

    private static Progress progress(
            GenericKubernetesResource rollout, Optional<Instant> asked, Optional<Instant> done) {
        if (asked.isEmpty() || done.filter(at -> !at.isBefore(asked.get())).isPresent()) {
            return Progress.COMPLETE;
        }
        return Progress.rolling(
                "its pods are being replaced; its phase is "
                        + Objects.requireNonNullElse(
                                rollout.<Object>get("status", "phase"), "unknown"));
    }

    private static boolean isSeen(HasMetadata object, Optional<Long> observed) {
        return observed.filter(generation -> generation >= generation(object)).isPresent();
    }

    private static long generation(HasMetadata object) {
        var generation = object.getMetadata().getGeneration();
        return generation == null ? 0 : generation;
    }

    private static Workload.Hold hold(boolean paused, boolean scaledToZero, boolean onDelete) {
        if (scaledToZero) {
            return Workload.Hold.SCALED_TO_ZERO;
        }
        if (paused) {
            return Workload.Hold.PAUSED;
        }
        return onDelete ? Workload.Hold.ON_DELETE : Workload.Hold.NONE;
    }

    /** What the kinds tell each in its own way. */
    private record State(
            Optional<Instant> restartAt,
            Workload.Hold hold,
            Progress progress,
            Optional<Duration> deadline) {}

    private Workload workload(
            WorkloadKind kind,
            HasMetadata object,
            @Nullable PodTemplateSpec template,
            State state) {
        var metadata = object.getMetadata();
        return new Workload(
                new WorkloadName(kind, metadata.getName()),
                metadata.getUid(),
                generation(object),
                template == null ? Set.of() : PodSecrets.of(template.getSpec()),
                RestartAnnotation.among(annotations(template)),
                state.restartAt(),
                state.hold(),
                state.progress(),
                state.deadline(),
                appliedAt(object));
    }

    static Map<String, String> annotations(@Nullable PodTemplateSpec template) {
        return template == null
                        || template.getMetadata() == null
                        || template.getMetadata().getAnnotations() == null
                ? Map.of()
                : template.getMetadata().getAnnotations();
    }

    private Optional<Instant> appliedAt(HasMetadata object) {
        return object.getMetadata().getManagedFields().stream()
                .filter(entry -> fieldManager.equals(entry.getManager()))
                .flatMap(entry -> instant(entry.getTime()).stream())
                .max(Instant::compareTo);
    }

    static Optional<Instant> instant(@Nullable Object text) {
        try {
            return text == null ? Optional.empty() : Optional.of(Instant.parse(text.toString()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
