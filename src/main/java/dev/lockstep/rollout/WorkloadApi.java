package dev.lockstep.rollout;

import dev.lockstep.api.WorkloadKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests on workloads that we make. Errors come as {@link
 * io.fabric8.kubernetes.client.KubernetesClientException}.
 */
final class WorkloadApi {
    static final ResourceDefinitionContext ARGO =
            context("argoproj.io", "v1alpha1", WorkloadKind.Rollout);

    private final KubernetesClient client;
    private final String fieldManager;
    private final WorkloadReading reading;
    private final RevisionReading revisions;

    /**
     * @param fieldManager an own one, so that nobody who applies manifests sees a difference to
     *     them
     */
    WorkloadApi(KubernetesClient client, String fieldManager) {
        this.client = client;
        this.fieldManager = fieldManager;
        this.reading = new WorkloadReading(client.getKubernetesSerialization(), fieldManager);
        this.revisions = new RevisionReading(client.getKubernetesSerialization());
    }

    WorkloadReading reading() {
        return reading;
    }

    RevisionReading revisions() {
        return revisions;
    }

    /** Whether Argo's kind is installed. */
    boolean hasArgoRollouts() {
        var resources = client.getApiResources(ARGO.getGroup() + "/" + ARGO.getVersion());
        return resources != null
                && resources.getResources().stream()
                        .anyMatch(resource -> ARGO.getPlural().equals(resource.getName()));
    }

    /** As it is now, whatever caches show; empty when it has gone. */
    Optional<Tracked> live(String namespace, WorkloadName id) {
        return switch (id.kind()) {
            case Deployment ->
                    get(Deployment.class, namespace, id.name())
                            .map(
                                    found ->
                                            tracked(
                                                    reading.deployment(found),
                                                    replicaSets(
                                                            namespace,
                                                            found.getSpec().getSelector())));
            case StatefulSet ->
                    get(StatefulSet.class, namespace, id.name())
                            .map(
                                    found ->
                                            tracked(
                                                    reading.statefulSet(found),
                                                    controllerRevisions(
                                                            namespace,
                                                            found.getSpec().getSelector())));
            case DaemonSet ->
                    get(DaemonSet.class, namespace, id.name())
                            .map(
                                    found ->
                                            tracked(
                                                    reading.daemonSet(found),
                                                    controllerRevisions(
                                                            namespace,
                                                            found.getSpec().getSelector())));
            case Rollout ->
                    Optional.ofNullable(
                                    client.genericKubernetesResources(ARGO)
                                            .inNamespace(namespace)
                                            .withName(id.name())
                                            .get())
                            .map(
                                    found ->
                                            tracked(
                                                    reading.rollout(found),
                                                    replicaSets(namespace, selector(found))));
        };
    }

    private <T extends HasMetadata> Optional<T> get(Class<T> kind, String namespace, String name) {
        return Optional.ofNullable(
                client.resources(kind).inNamespace(namespace).withName(name).get());
    }

    private static Tracked tracked(Workload workload, Stream<RevisionReading.Owned> revisions) {
        return new Tracked(
                workload,
                revisions
                        .filter(owned -> owned.owner().equals(workload.uid()))
                        .map(RevisionReading.Owned::revision)
                        .toList());
    }

    private Stream<RevisionReading.Owned> replicaSets(
            String namespace, @Nullable LabelSelector selector) {
        return list(ReplicaSet.class, namespace, selector)
                .flatMap(r -> revisions.replicaSet(r).stream());
    }

    private Stream<RevisionReading.Owned> controllerRevisions(
            String namespace, @Nullable LabelSelector selector) {
        return list(ControllerRevision.class, namespace, selector)
                .flatMap(r -> revisions.controllerRevision(r).stream());
    }

    private <T extends HasMetadata> Stream<T> list(
            Class<T> kind, String namespace, @Nullable LabelSelector selector) {
        var all = client.resources(kind).inNamespace(namespace);
        return (selector == null ? all.list() : all.withLabelSelector(selector).list())
                .getItems().stream();
    }

    private @Nullable LabelSelector selector(GenericKubernetesResource rollout) {
        var selector = rollout.<Object>get("spec", "selector");
        return selector == null
                ? null
                : client.getKubernetesSerialization().convertValue(selector, LabelSelector.class);
    }

    /** Writes a restart by server-side apply, and tells what the workload is then. */
    Workload write(String namespace, Restart restart) {
        var id = restart.workload().id();
        var context =
                new PatchContext.Builder()
                        .withPatchType(PatchType.SERVER_SIDE_APPLY)
                        .withFieldManager(fieldManager)
                        // These fields mean nothing to anybody else.
                        .withForce(true)
                        .build();
        var written =
                client.genericKubernetesResources(context(id.kind()))
                        .inNamespace(namespace)
                        .withName(id.name())
                        .patch(
                                context,
                                client.getKubernetesSerialization()
                                        .asJson(intent(namespace, restart)));
        return read(id.kind(), written);
    }

    private Workload read(WorkloadKind kind, GenericKubernetesResource written) {
        var serialization = client.getKubernetesSerialization();
        return switch (kind) {
            case Deployment ->
                    reading.deployment(serialization.convertValue(written, Deployment.class));
            case StatefulSet ->
                    reading.statefulSet(serialization.convertValue(written, StatefulSet.class));
            case DaemonSet ->
                    reading.daemonSet(serialization.convertValue(written, DaemonSet.class));
            case Rollout -> reading.rollout(written);
        };
    }

    /** With the uid, so that what has gone is not made again. */
    private static Map<String, Object> intent(String namespace, Restart restart) {
        var workload = restart.workload();
        var kind = workload.id().kind();
        var context = context(kind);
        return Map.of(
                "apiVersion",
                context.getGroup() + "/" + context.getVersion(),
                "kind",
                kind.name(),
                "metadata",
                Map.of("namespace", namespace, "name", workload.id().name(), "uid", workload.uid()),
                "spec",
                workload.restartsByTime()
                        ? Map.of(
                                "restartAt",
                                restart.restartAt().map(Objects::toString).orElseThrow())
                        : Map.of(
                                "template",
                                Map.of("metadata", Map.of("annotations", restart.annotations()))));
    }

    private static ResourceDefinitionContext context(WorkloadKind kind) {
        return kind == WorkloadKind.Rollout ? ARGO : context("apps", "v1", kind);
    }

    private static ResourceDefinitionContext context(
            String group, String version, WorkloadKind kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(group)
                .withVersion(version)
                .withKind(kind.name())
                .withPlural(plural(kind))
                .withNamespaced(true)
                .build();
    }

    private static String plural(WorkloadKind kind) {
        return switch (kind) {
            case Deployment -> "deployments";
            case StatefulSet -> "statefulsets";
            case DaemonSet -> "daemonsets";
            case Rollout -> "rollouts";
        };
    }
}
