package dev.lockstep.sync;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretSpec;
import dev.lockstep.api.RestartPolicy;
import dev.lockstep.api.Rollout;
import dev.lockstep.api.Store;
import dev.lockstep.api.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What is wrong with an ExternalSecret's spec. Repeats the rules of our own CRDs, because the
 * cluster may have ESO's, and adds what no schema can say.
 */
public final class SpecChecks {

    private SpecChecks() {}

    /** All problems, always in the same order; the first is the one to report. */
    public static List<SpecProblem> problems(ExternalSecret externalSecret) {
        var unknown = unknown(externalSecret.unknown());
        // No other check can read a spec that holds values it does not know.
        return unknown.isEmpty()
                ? known(externalSecret.spec(), externalSecret.targetName())
                : unknown;
    }

    private static List<SpecProblem> known(ExternalSecretSpec spec, String targetName) {
        var target = new TargetChecks(spec.target(), targetName);
        var entries = new EntryChecks(spec);
        return Stream.of(
                        target.name(),
                        target.policies(),
                        target.template(),
                        entries.any(),
                        entries.unions(),
                        entries.references(),
                        entries.duplicates(),
                        entries.finds(),
                        entries.rewrites(),
                        durations(spec),
                        SyncHold.problems("spec.syncWindows", spec.syncWindows()),
                        rollout(spec.rolloutOrDefault()),
                        target.unserved(),
                        entries.unserved())
                .flatMap(Function.identity())
                .toList();
    }

    /** For {@link ExternalSecret#unknown()} and {@link Store#unknown()}. */
    static List<SpecProblem> unknown(List<Unknown> unknown) {
        return unknown.stream()
                .map(
                        found ->
                                SpecProblem.notSupported(
                                        found.path(),
                                        found.value() == null
                                                ? "Lockstep does not know this field: remove it"
                                                : "Lockstep does not know the value %s: choose another"
                                                        .formatted(found.value())))
                .toList();
    }

    private static Stream<SpecProblem> durations(ExternalSecretSpec spec) {
        return Durations.check("spec.refreshInterval", spec.refreshIntervalOrDefault());
    }

    private static Stream<SpecProblem> rollout(Rollout rollout) {
        var listed = rollout.restartOrDefault() == RestartPolicy.Listed;
        var targets =
                listed == rollout.targets().isEmpty()
                        ? Stream.of(
                                SpecProblem.invalid(
                                        "spec.rollout.targets", Rollout.TARGETS_GO_WITH_LISTED))
                        : Stream.<SpecProblem>empty();
        var interval =
                Durations.check(
                        "spec.rollout.minInterval", rollout.minIntervalOrDefault(), Duration.ZERO);
        var concurrent =
                rollout.maxConcurrentOrDefault() < 1
                        ? Stream.of(
                                SpecProblem.invalid(
                                        "spec.rollout.maxConcurrent", "write 1 or more"))
                        : Stream.<SpecProblem>empty();
        return Stream.of(targets, concurrent, interval).flatMap(Function.identity());
    }
}
