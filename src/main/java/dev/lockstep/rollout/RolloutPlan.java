package dev.lockstep.rollout;

import dev.lockstep.api.RestartPolicy;
import dev.lockstep.api.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which workloads of one namespace restart now, and where all of them stand. Pure: what is the same
 * in the cluster is decided the same, whoever looks and however often.
 *
 * <p>A workload that several ExternalSecrets want restarted waits for each of them, and is then
 * restarted once for all.
 */
public final class RolloutPlan {
    /** Secrets of one workload that change together change within this (semantics 31). */
    static final Duration SETTLE = Duration.ofSeconds(10);

    /** A restart that somebody took back was not a good one. */
    private static final Set<Standing.Kind> STOPPING =
            Set.of(Standing.Kind.FAILED, Standing.Kind.REFUSED, Standing.Kind.OVERRIDDEN);

    static final String JUST_ASKED = "it has just been asked to";

    private final Map<WorkloadName, String> refused;
    private final Instant now;
    private final List<Use> uses = new ArrayList<>();
    private final Map<RolloutRequest, SortedMap<WorkloadName, Standing>> standings =
            new HashMap<>();
    private final List<Restart> restarts = new ArrayList<>();

    private RolloutPlan(Map<WorkloadName, String> refused, Instant now) {
        this.refused = refused;
        this.now = now;
    }

    /**
     * @param requests all of the namespace
     * @param workloads all of the namespace
     * @param refused whose restart Kubernetes has just refused, and why
     */
    static RolloutPlan of(
            Collection<RolloutRequest> requests,
            Collection<Tracked> workloads,
            Map<WorkloadName, String> refused,
            Instant now) {
        var plan = new RolloutPlan(refused, now);
        requests.forEach(request -> plan.standings.put(request, new TreeMap<>()));
        requests.forEach(request -> plan.noteMissing(request, workloads));
        workloads.forEach(workload -> plan.note(workload, requests));
        plan.uses.stream().sorted(Use.ORDER).forEach(plan::decide);
        return plan;
    }

    /** In the order in which they are to be asked for. */
    List<Restart> restarts() {
        return restarts;
    }

    /** Where the workloads of a request stand, those that restart now as restarting. */
    SortedMap<WorkloadName, Standing> standings(RolloutRequest request) {
        return standings.get(request);
    }

    /** When the clock alone can change the plan; empty when it cannot. */
    Optional<Instant> nextLook() {
        return standings.values().stream()
                .flatMap(byWorkload -> byWorkload.values().stream())
                .flatMap(standing -> standing.until().stream())
                .min(Instant::compareTo);
    }

    /** A workload that some ask restarts for, and the changes of the Secrets concerned. */
    private record Use(
            Tracked tracked, List<RolloutRequest> requests, SortedMap<String, Change> changes) {
        /** As listed, and those that nobody lists after these. */
        static final Comparator<Use> ORDER =
                Comparator.comparingInt(Use::position).thenComparing(use -> use.workload().id());

        Workload workload() {
            return tracked.workload();
        }

        int position() {
            return requests.stream()
                    .mapToInt(request -> request.position(workload()))
                    .filter(position -> position >= 0)
                    .min()
                    .orElse(Integer.MAX_VALUE);
        }
    }

    private void noteMissing(RolloutRequest request, Collection<Tracked> workloads) {
        if (request.rollout().restartOrDefault() != RestartPolicy.Listed) {
            return;
        }
        for (var target : request.rollout().targets()) {
            if (workloads.stream().noneMatch(w -> w.workload().id().isNamedBy(target))) {
                var id = new WorkloadName(WorkloadKind.valueOf(target.kind()), target.name());
                standings.get(request).put(id, Standing.of(Standing.Kind.MISSING));
            }
        }
    }

    private void note(Tracked tracked, Collection<RolloutRequest> requests) {
        var concerned = requests.stream().filter(r -> r.isFor(tracked.workload())).toList();
        if (concerned.isEmpty()) {
            return;
        }
        var use = new Use(tracked, concerned, changes(concerned));
        uses.add(use);
        concerned.forEach(request -> stand(request, use, standing(request, use)));
    }

    /** Several ExternalSecrets may write into one Secret: its last change counts. */
    private static SortedMap<String, Change> changes(List<RolloutRequest> requests) {
        var changes = new TreeMap<String, Change>();
        for (var request : requests) {
            request.change()
                    .ifPresent(
                            change ->
                                    changes.merge(
                                            request.secret(),
                                            change,
                                            (one, other) ->
                                                    one.compareTo(other) > 0 ? one : other));
        }
        return changes;
    }

    private Standing standing(RolloutRequest request, Use use) {
        var change = use.changes().get(request.secret());
        if (change == null) {
            return Standing.of(Standing.Kind.CURRENT);
        }
        var standing = Standing.of(use.tracked(), request.secret(), change, now);
        var refusal = refused.get(use.workload().id());
        return refusal != null && standing.is(Standing.Kind.DUE)
                ? Standing.of(Standing.Kind.REFUSED, refusal)
                : standing;
    }

    private void stand(RolloutRequest request, Use use, Standing standing) {
        standings.get(request).put(use.workload().id(), standing);
    }

    private void decide(Use use) {
        var due =
                use.requests().stream()
                        .filter(request -> standsAt(request, use, Standing.Kind.DUE))
                        .toList();
        if (due.isEmpty()) {
            return;
        }
        var waits = settling(use, due).or(() -> resting(use, due)).or(() -> held(due));
        if (waits.isPresent()) {
            due.forEach(request -> stand(request, use, waits.get()));
            return;
        }
        restarts.add(restart(use));
        due.forEach(request -> stand(request, use, restarting()));
    }

    private boolean standsAt(RolloutRequest request, Use use, Standing.Kind kind) {
        return standings.get(request).get(use.workload().id()).is(kind);
    }

    private static Standing restarting() {
        return Standing.of(Standing.Kind.ROLLING, JUST_ASKED);
    }

    private Optional<Standing> settling(Use use, List<RolloutRequest> due) {
        return due.stream()
                .map(request -> use.changes().get(request.secret()).at())
                .max(Instant::compareTo)
                .flatMap(
                        at ->
                                waitingUntil(
                                        at.plus(SETTLE),
                                        "waits for 10 s without a further change"));
    }

    private Optional<Standing> resting(Use use, List<RolloutRequest> due) {
        var longest =
                due.stream()
                        .map(RolloutRequest::minInterval)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO);
        return use.tracked()
                .lastRestart()
                .map(at -> at.plus(longest))
                .flatMap(at -> waitingUntil(at, "waits for minInterval since its last restart"));
    }

    private Optional<Standing> waitingUntil(Instant at, String what) {
        return now.isBefore(at)
                ? Optional.of(new Standing(Standing.Kind.DUE, what, Optional.of(at)))
                : Optional.empty();
    }

    private Optional<Standing> held(List<RolloutRequest> due) {
        return due.stream().flatMap(this::held).findFirst();
    }

    private Stream<Standing> held(RolloutRequest request) {
        var others = standings.get(request).entrySet();
        if (request.stopsOnFailure()) {
            var failed =
                    others.stream()
                            .filter(other -> STOPPING.contains(other.getValue().kind()))
                            .findFirst();
            if (failed.isPresent()) {
                return Stream.of(
                        waitingFor(
                                "waits for " + failed.get().getKey() + ", as onFailure is Stop"));
            }
        }
        var rolling =
                others.stream()
                        .filter(other -> other.getValue().is(Standing.Kind.ROLLING))
                        .toList();
        return rolling.size() < request.rollout().maxConcurrentOrDefault()
                ? Stream.empty()
                : Stream.of(waitingFor("waits for " + rolling.get(0).getKey() + " to come up"));
    }

    private static Standing waitingFor(String what) {
        return Standing.of(Standing.Kind.DUE, what);
    }

    /** All that the workload uses is in one restart, so that none of it causes another. */
    private static Restart restart(Use use) {
        var workload = use.workload();
        var annotations = new TreeMap<String, String>();
        // What is not asked for now, but may be again, must not look as if it was taken away.
        workload.secrets().stream()
                .map(RestartAnnotation::of)
                .filter(workload.restarts()::containsKey)
                .forEach(name -> annotations.put(name, workload.restarts().get(name)));
        use.changes()
                .forEach(
                        (secret, change) ->
                                annotations.put(RestartAnnotation.of(secret), change.revision()));
        return new Restart(
                workload,
                annotations,
                use.changes().values().stream()
                        .map(Change::toTheFullSecond)
                        .max(Instant::compareTo));
    }
}
