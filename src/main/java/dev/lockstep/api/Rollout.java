package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to the workloads when the Secret changes. */
@ValidationRule(
        value =
                "(has(self.restart) && self.restart == 'Listed')"
                        + " == (has(self.targets) && size(self.targets) > 0)",
        message = Rollout.TARGETS_GO_WITH_LISTED)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Rollout(
        @JsonPropertyDescription(
                        "Which workloads restart when the Secret changes. Never: none. Consumers:"
                                + " every Deployment, StatefulSet and DaemonSet of the namespace"
                                + " whose pods use the Secret, and Argo Rollouts where they are"
                                + " installed. Listed: those of targets. Absent: Never.")
                @Default("Never")
                @SchemaFrom(type = RestartPolicy.class)
                @Nullable String restart,
        @JsonPropertyDescription("Workloads to restart under Listed, in this order.")
                @Size(max = 64)
                List<RolloutTarget> targets,
        @JsonPropertyDescription("How many workloads may be restarting at a time.")
                @Default("1")
                @Min(1)
                @Nullable Integer maxConcurrent,
        @JsonPropertyDescription(
                        "How long a workload is left alone after a restart, such as 10m. What"
                                + " changes meanwhile restarts it once, after that.")
                @Default(DEFAULT_MIN_INTERVAL)
                @Nullable String minInterval,
        @JsonPropertyDescription(
                        "What happens to further workloads when one does not come up in time."
                                + " Continue: they restart. Stop: they wait until it is up, or the"
                                + " Secret changes again. Absent: Continue.")
                @Default("Continue")
                @SchemaFrom(type = RolloutFailurePolicy.class)
                @Nullable String onFailure,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public static final String TARGETS_GO_WITH_LISTED =
            "name targets if restart is Listed, and only then";
    public static final String DEFAULT_MIN_INTERVAL = "5m";
    public static final int DEFAULT_MAX_CONCURRENT = 1;

    /** What an absent {@code rollout} means. */
    public static final Rollout DEFAULT = new Rollout(null, List.of(), null, null, null, Map.of());

    public Rollout {
        targets = Absent.orEmpty(targets);
        unknown = Absent.orEmpty(unknown);
    }

    /** Whether restarts are asked for, in words that we know. */
    public boolean asksForRestarts() {
        return RestartPolicy.Consumers.name().equals(restart)
                || RestartPolicy.Listed.name().equals(restart);
    }

    public RestartPolicy restartOrDefault() {
        return Absent.or(restart, RestartPolicy.Never);
    }

    public int maxConcurrentOrDefault() {
        return maxConcurrent == null ? DEFAULT_MAX_CONCURRENT : maxConcurrent;
    }

    /** The interval in Go's duration syntax, not checked. */
    public String minIntervalOrDefault() {
        return Absent.or(minInterval, DEFAULT_MIN_INTERVAL);
    }

    public RolloutFailurePolicy onFailureOrDefault() {
        return Absent.or(onFailure, RolloutFailurePolicy.Continue);
    }
}
