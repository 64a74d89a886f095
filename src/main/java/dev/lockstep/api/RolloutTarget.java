package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** A workload in the namespace of the ExternalSecret. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RolloutTarget(
        @JsonPropertyDescription(
                        "Deployment, StatefulSet or DaemonSet, or Rollout for one of Argo"
                                + " Rollouts.")
                @Required
                @SchemaFrom(type = WorkloadKind.class)
                String kind,
        @JsonPropertyDescription("Name of the workload.")
                @Required
                @Pattern(Names.OBJECT)
                @Size(min = 1, max = Names.OBJECT_MAX)
                String name,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public RolloutTarget {
        kind = Absent.orEmpty(kind);
        name = Absent.orEmpty(name);
        unknown = Absent.orEmpty(unknown);
    }

    public RolloutTarget(WorkloadKind kind, String name) {
        this(kind.name(), name, Map.of());
    }

    /** As people write it. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
