package dev.lockstep.rollout;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is kept of a workload's former templates. */
final class RevisionReading {
    private final KubernetesSerialization serialization;

    RevisionReading(KubernetesSerialization serialization) {
        this.serialization = serialization;
    }

    /**
     * A template and the workload that had it.
     *
     * @param owner uid of the workload
     */
    record Owned(String owner, PodRevision revision) {}

    /** Empty for one that belongs to no workload. */
    Optional<Owned> replicaSet(ReplicaSet set) {
        var template = set.getSpec() == null ? null : set.getSpec().getTemplate();
        return owned(set, WorkloadReading.annotations(template));
    }

    /** Its data is the part of the workload that it is a revision of. */
    Optional<Owned> controllerRevision(ControllerRevision revision) {
        var data = revision.getData();
        var annotations =
                data == null
                        ? null
                        : at(
                                serialization.convertValue(data, Map.class),
                                "spec",
                                "template",
                                "metadata",
                                "annotations");
        return owned(revision, annotations == null ? Map.of() : texts(annotations));
    }

    private static Optional<Owned> owned(HasMetadata object, Map<String, String> annotations) {
        var metadata = object.getMetadata();
        var created = Instant.parse(metadata.getCreationTimestamp());
        return metadata.getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .map(OwnerReference::getUid)
                .map(
                        owner ->
                                new Owned(
                                        owner,
                                        new PodRevision(
                                                created, RestartAnnotation.among(annotations))))
                .findFirst();
    }

    private static @Nullable Map<?, ?> at(@Nullable Map<?, ?> from, String... path) {
        var at = from;
        for (var step : path) {
            at = at != null && at.get(step) instanceof Map<?, ?> next ? next : null;
        }
        return at;
    }

    private static Map<String, String> texts(Map<?, ?> annotations) {
        return annotations.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                entry -> String.valueOf(entry.getKey()),
                                entry -> String.valueOf(entry.getValue())));
    }
}
