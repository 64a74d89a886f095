package dev.lockstep.rollout;

import dev.lockstep.api.Condition;
import dev.lockstep.sync.Conditions;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the condition {@code RolledOut} says: the worst first, and what to do about it. */
public final class RolloutReport {
    private static final int MOST_NAMED = 5;
    private static final String NOTHING_TO_RESTART = "NothingToRestart";
    private static final String NOT_SUPPORTED = "NotSupported";
    private static final Set<String> FAILURES =
            Set.of(Standing.Kind.REFUSED.reason(), Standing.Kind.FAILED.reason());

    private RolloutReport() {}

    /** Every reason that the condition can have. */
    static Set<String> reasons() {
        return Stream.concat(
                        Stream.of(NOTHING_TO_RESTART, NOT_SUPPORTED),
                        Arrays.stream(Standing.Kind.values()).map(Standing.Kind::reason))
                .collect(Collectors.toSet());
    }

    /** Restarts were asked for, and this operator may not make any. */
    public static Condition notEnabled() {
        return Conditions.of(
                Condition.ROLLED_OUT,
                false,
                NOT_SUPPORTED,
                "spec.rollout asks for restarts, which this operator may not make: install its"
                        + " chart with rollout.enabled=true, or remove spec.rollout");
    }

    static Condition condition(RolloutRequest request, SortedMap<WorkloadName, Standing> stand) {
        var worst = stand.values().stream().map(Standing::kind).min(Standing.Kind::compareTo);
        if (worst.isEmpty()) {
            return Conditions.of(
                    Condition.ROLLED_OUT,
                    true,
                    NOTHING_TO_RESTART,
                    "no workload uses Secret " + request.secret());
        }
        return Conditions.of(
                Condition.ROLLED_OUT,
                worst.get() == Standing.Kind.CURRENT,
                worst.get().reason(),
                message(worst.get(), stand));
    }

    private static String message(Standing.Kind worst, SortedMap<WorkloadName, Standing> stand) {
        var named = named(stand, worst);
        return switch (worst) {
            case REFUSED -> "Kubernetes refuses a restart: " + named;
            case FAILED ->
                    "not up in time after a restart: %s. Look at the pods%s"
                            .formatted(named, waiting(stand));
            case MISSING -> "spec.rollout.targets names what does not exist: " + named;
            case OVERRIDDEN ->
                    ("a restart was taken back, by an undo or by whoever applies the manifest: %s."
                                    + " Pods may have the former value: restart them yourself, or"
                                    + " wait for the next change%s")
                            .formatted(named, waiting(stand));
            // Without numbers, which would be written as often as a pod comes up.
            case ROLLING -> "restarting: " + names(stand, worst);
            case DUE -> "to be restarted: " + named;
            case PAUSED -> "restarted once they are resumed: " + named;
            case ON_DELETE ->
                    "delete their pods yourself, as their update strategy is OnDelete: " + named;
            case CURRENT -> "workloads that have the Secret's value: " + stand.size();
        };
    }

    private static String waiting(SortedMap<WorkloadName, Standing> stand) {
        var due = stand.values().stream().filter(s -> s.is(Standing.Kind.DUE)).count();
        return due == 0 ? "" : "; workloads that wait to be restarted: " + due;
    }

    /** Whether somebody has to do something about it. */
    static boolean isFailure(Condition condition) {
        return FAILURES.contains(condition.reason());
    }

    private static String named(SortedMap<WorkloadName, Standing> stand, Standing.Kind kind) {
        return joined(stand, kind, RolloutReport::named);
    }

    private static String names(SortedMap<WorkloadName, Standing> stand, Standing.Kind kind) {
        return joined(stand, kind, entry -> entry.getKey().toString());
    }

    private static String joined(
            SortedMap<WorkloadName, Standing> stand,
            Standing.Kind kind,
            Function<Map.Entry<WorkloadName, Standing>, String> text) {
        var those = new TreeMap<>(stand);
        those.values().removeIf(standing -> !standing.is(kind));
        var names =
                those.entrySet().stream()
                        .limit(MOST_NAMED)
                        .map(text)
                        .collect(Collectors.joining("; "));
        var more = those.size() - MOST_NAMED;
        return more <= 0 ? names : names + "; and " + more + " more";
    }

    private static String named(Map.Entry<WorkloadName, Standing> entry) {
        var detail = entry.getValue().detail();
        return detail.isEmpty() ? entry.getKey().toString() : entry.getKey() + " (" + detail + ")";
    }
}
