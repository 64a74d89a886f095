package dev.lockstep.rollout;

import static dev.lockstep.rollout.Requests.changed;
import static dev.lockstep.rollout.Requests.consumers;
import static dev.lockstep.rollout.Requests.listed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.Condition;
import dev.lockstep.api.RolloutTarget;
import dev.lockstep.api.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What restarts, what does not, and what is said of it. */
class RolloutPlanTest {
    private static final Instant BORN = Instant.parse("2026-01-01T10:00:00Z");
    private static final Instant CHANGED = BORN.plusSeconds(3600);
    private static final Instant LATER = CHANGED.plusSeconds(60);

    private static RolloutPlan plan(
            Instant now, List<RolloutRequest> requests, ModelWorkload... workloads) {
        return RolloutPlan.of(
                requests,
                Arrays.stream(workloads).map(ModelWorkload::tracked).toList(),
                Map.of(),
                now);
    }

    private static List<String> restarted(RolloutPlan plan) {
        return plan.restarts().stream().map(r -> r.workload().id().toString()).toList();
    }

    private static Condition condition(RolloutPlan plan, RolloutRequest request) {
        return RolloutReport.condition(request, plan.standings(request));
    }

    /** Plans and carries out. */
    private static List<String> act(
            Instant now, List<RolloutRequest> requests, ModelWorkload... workloads) {
        var plan = plan(now, requests, workloads);
        plan.restarts()
                .forEach(
                        restart ->
                                Stream.of(workloads)
                                        .filter(w -> w.id().equals(restart.workload().id()))
                                        .forEach(w -> w.restart(restart, now)));
        return restarted(plan);
    }

    @Test
    void aChangedSecret_restartsWhatUsesIt_andNothingElse() {
        var request = changed("db", consumers(), "r1", CHANGED);
        var uses = ModelWorkload.deployment("uses", BORN, "db");
        var other = ModelWorkload.deployment("other", BORN, "another");

        assertThat(act(LATER, List.of(request), uses, other)).containsExactly("Deployment uses");
        assertThat(uses.restarts())
                .isEqualTo(
                        Map.of(
                                // printf db | sha256sum | cut -c-40
                                "restart.lockstep.dev/7bdc25d1694ef984782a16f6f1710c1c6bc83ba7",
                                "r1"));
    }

    @Test
    void restartedOnce_itIsNotRestartedAgain_whateverHappensToTheOperator() {
        var request = changed("db", consumers(), "r1", CHANGED);
        var web = ModelWorkload.deployment("web", BORN, "db");
        act(LATER, List.of(request), web);

        assertThat(act(LATER, List.of(request), web)).isEmpty();
        web.up();
        assertThat(act(LATER.plusSeconds(86_400), List.of(request), web)).isEmpty();
        assertThat(condition(plan(LATER, List.of(request), web), request))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("True", "RolledOut");
    }

    @Test
    void aNewWorkload_isNotRestarted() {
        var request = changed("db", consumers(), "r1", CHANGED);
        var web = ModelWorkload.deployment("web", CHANGED.plusSeconds(1), "db");

        assertThat(act(LATER, List.of(request), web)).isEmpty();
    }

    @Test
    void whatIsInstalledWithItsSecret_isNotRestarted_forItWaited() {
        var made = new Change("r1", CHANGED).ofSecretMadeAt(CHANGED);
        var request = new RolloutRequest("db", consumers(), "db", Optional.of(made));
        var installed = ModelWorkload.deployment("new", CHANGED.minusSeconds(599), "db");
        var old = ModelWorkload.deployment("old", CHANGED.minusSeconds(601), "db");

        assertThat(act(LATER, List.of(request), installed, old)).containsExactly("Deployment old");
        var rotated = new Change("r2", LATER).ofSecretMadeAt(CHANGED);
        assertThat(rotated).isEqualTo(new Change("r2", LATER));
    }

    @Test
    void aWorkloadThatNothingHasBeenMadeOfYet_isNotRestarted() {
        var request = changed("db", consumers(), "r1", CHANGED);
        var web = ModelWorkload.deployment("web", BORN, "db").withoutHistory();

        assertThat(act(LATER, List.of(request), web)).isEmpty();
    }

    @Test
    void takingOverFromEso_restartsNothing() {
        var adopted = new RolloutRequest("db", consumers(), "db", Optional.empty());
        var web = ModelWorkload.deployment("web", BORN, "db");

        assertThat(act(LATER, List.of(adopted), web)).isEmpty();
        assertThat(condition(plan(LATER, List.of(adopted), web), adopted).reason())
                .isEqualTo("RolledOut");
    }

    @Test
    void anUndo_staysUndone_andIsTold() {
        var request = changed("db", consumers(), "r1", CHANGED);
        var web = ModelWorkload.deployment("web", BORN, "db");
        act(LATER, List.of(request), web);
        web.up().undo(LATER.plusSeconds(60));

        assertThat(act(LATER.plusSeconds(120), List.of(request), web.up())).isEmpty();
        assertThat(condition(plan(LATER, List.of(request), web), request))
                .satisfies(
                        told -> {
                            assertThat(told.status()).isEqualTo("False");
                            assertThat(told.reason()).isEqualTo("Overridden");
                            assertThat(told.message()).contains("Deployment web");
                        });
    }

    @Test
    void anAnnotationThatAGitOpsToolTakesAway_staysAway_andIsTold() {
        var request = changed("db", consumers(), "r1", CHANGED);
        var web = ModelWorkload.deployment("web", BORN, "db");
        act(LATER, List.of(request), web);
        web.up().takeAnnotationsAway(LATER.plusSeconds(60));

        assertThat(act(LATER.plusSeconds(120), List.of(request), web.up())).isEmpty();
        assertThat(condition(plan(LATER, List.of(request), web), request).reason())
                .isEqualTo("Overridden");
    }

    @Test
    void anUndoneRestart_isMadeAfterTheNextChange() {
        var web = ModelWorkload.deployment("web", BORN, "db");
        act(LATER, List.of(changed("db", consumers(), "r1", CHANGED)), web);
        web.up().undo(LATER.plusSeconds(60));
        var next = changed("db", consumers(), "r2", LATER.plusSeconds(100));

        assertThat(act(LATER.plusSeconds(200), List.of(next), web.up()))
                .containsExactly("Deployment web");
    }

    @Test
    void whatWasRolledOutForAnotherReasonSinceTheChange_isNotRestarted() {
        var request = changed("db", consumers(), "r1", CHANGED);
        var web = ModelWorkload.deployment("web", BORN, "db");
        web.newImage(CHANGED.plusSeconds(5));

        assertThat(act(LATER, List.of(request), web.up())).isEmpty();
    }

    @Test
    void twoChangesInOneSecond_restartOnce_withTheLast() {
        var web = ModelWorkload.deployment("web", BORN, "db");
        var first = changed("db", consumers(), "r1", CHANGED.plusMillis(100));
        var second = changed("db", consumers(), "r2", CHANGED.plusMillis(900));

        assertThat(act(CHANGED.plusMillis(200), List.of(first), web)).isEmpty();
        assertThat(act(LATER, List.of(second), web)).containsExactly("Deployment web");
        assertThat(web.everCarried("db", "r2")).isTrue();
        assertThat(act(LATER.plusSeconds(60), List.of(second), web.up())).isEmpty();
    }

    @Test
    void aChangeInTheSecondOfARestart_isNotLost() {
        var web = ModelWorkload.deployment("web", BORN, "db");
        var restart = LATER.plusMillis(300);
        act(restart, List.of(changed("db", consumers(), "r1", CHANGED)), web);
        var next = changed("db", consumers(), "r2", LATER.plusMillis(200));

        assertThat(act(LATER.plusSeconds(60), List.of(next), web.up()))
                .containsExactly("Deployment web");
    }

    @Test
    void aRestart_waitsForTenSecondsAfterTheLastChangeOfAll() {
        var requests =
                List.of(
                        changed("a", consumers(), "a1", CHANGED),
                        changed("b", consumers(), "b1", CHANGED.plusSeconds(6)));
        var web = ModelWorkload.deployment("web", BORN, "a", "b");

        var early = plan(CHANGED.plusSeconds(15), requests, web);
        assertThat(early.restarts()).isEmpty();
        assertThat(early.nextLook()).contains(CHANGED.plusSeconds(16));
        assertThat(condition(early, requests.get(0)).message())
                .isEqualTo(
                        "to be restarted: Deployment web (waits for 10 s without a further change)");

        assertThat(act(CHANGED.plusSeconds(16), requests, web)).hasSize(1);
        assertThat(web.everCarried("a", "a1") && web.everCarried("b", "b1")).isTrue();
        assertThat(act(LATER, requests, web.up())).isEmpty();
    }

    @Test
    void minInterval_isKeptSinceTheLastRestart() {
        var web = ModelWorkload.deployment("web", BORN, "db");
        var rollout = consumers(1, "5m", "Continue");
        act(LATER, List.of(changed("db", rollout, "r1", CHANGED)), web);
        var next = List.of(changed("db", rollout, "r2", LATER.plusSeconds(30)));

        var soon = plan(LATER.plusSeconds(299), next, web.up());

        assertThat(soon.restarts()).isEmpty();
        assertThat(soon.nextLook()).contains(LATER.plusSeconds(300));
        assertThat(act(LATER.plusSeconds(300), next, web)).hasSize(1);
    }

    @Test
    void theFirstRestart_waitsForNoInterval() {
        var web = ModelWorkload.deployment("web", CHANGED.minusSeconds(2), "db");

        assertThat(
                        act(
                                CHANGED.plusSeconds(10),
                                List.of(
                                        changed(
                                                "db",
                                                consumers(1, "5m", "Continue"),
                                                "r1",
                                                CHANGED)),
                                web))
                .hasSize(1);
    }

    @Test
    void maxConcurrent_isKept_inTheOrderOfNames_orAsListed() {
        var one = ModelWorkload.deployment("one", BORN, "db");
        var two = ModelWorkload.deployment("two", BORN, "db");
        var three = ModelWorkload.deployment("three", BORN, "db");
        var request = List.of(changed("db", consumers(2, "0s", "Continue"), "r1", CHANGED));

        assertThat(act(LATER, request, one, two, three))
                .containsExactly("Deployment one", "Deployment three");
        assertThat(act(LATER, request, one, two, three)).isEmpty();
        assertThat(condition(plan(LATER, request, one, two, three), request.get(0)).reason())
                .isEqualTo("RollingOut");
        three.up();
        assertThat(act(LATER, request, one, two, three)).containsExactly("Deployment two");

        var listed =
                listed(
                        new RolloutTarget(WorkloadKind.Deployment, "two"),
                        new RolloutTarget(WorkloadKind.Deployment, "one"));
        var next = List.of(changed("db", listed, "r2", LATER.plusSeconds(60)));
        assertThat(act(LATER.plusSeconds(120), next, one.up(), two.up(), three.up()))
                .containsExactly("Deployment two");
    }

    @Test
    void aListedWorkload_needsNotUseTheSecret_andOneThatDoesNotExistIsTold() {
        var web = ModelWorkload.deployment("web", BORN);
        var request =
                changed(
                        "db",
                        listed(
                                new RolloutTarget(WorkloadKind.Deployment, "web"),
                                new RolloutTarget(WorkloadKind.StatefulSet, "gone")),
                        "r1",
                        CHANGED);

        var plan = plan(LATER, List.of(request), web);

        assertThat(restarted(plan)).containsExactly("Deployment web");
        assertThat(condition(plan, request))
                .extracting(Condition::reason, Condition::message)
                .containsExactly(
                        "TargetNotFound",
                        "spec.rollout.targets names what does not exist: StatefulSet gone");
    }

    @Test
    void afterAFailure_laterWorkloadsRestart_orWaitUnderStop_untilItIsUp() {
        for (var onFailure : List.of("Continue", "Stop")) {
            var one = ModelWorkload.deployment("one", BORN, "db");
            var two = ModelWorkload.deployment("two", BORN, "db");
            var request = changed("db", consumers(1, "0s", onFailure), "r1", CHANGED);
            var requests = List.of(request);
            act(LATER, requests, one, two);
            one.fails("ProgressDeadlineExceeded");

            var plan = plan(LATER, requests, one, two);

            assertThat(condition(plan, request).reason()).isEqualTo("RolloutFailed");
            assertThat(condition(plan, request).message())
                    .contains("Deployment one (ProgressDeadlineExceeded)");
            if (onFailure.equals("Stop")) {
                assertThat(plan.restarts()).isEmpty();
                assertThat(condition(plan, request).message())
                        .endsWith("; workloads that wait to be restarted: 1");
                assertThat(act(LATER, requests, one.up(), two)).hasSize(1);
            } else {
                assertThat(restarted(plan)).containsExactly("Deployment two");
            }
        }
    }

    @Test
    void underStop_anUndoneRestartHoldsTheOthers_forSomethingWasWrong() {
        var one = ModelWorkload.deployment("one", BORN, "db");
        var two = ModelWorkload.deployment("two", BORN, "db");
        var requests = List.of(changed("db", consumers(1, "0s", "Stop"), "r1", CHANGED));
        act(LATER, requests, one, two);
        one.fails("ProgressDeadlineExceeded").undo(LATER.plusSeconds(60));

        assertThat(act(LATER.plusSeconds(90), requests, one.up(), two)).isEmpty();
    }

    @Test
    void afterItsDeadline_aRestartHasFailed() {
        var set =
                ModelWorkload.of(WorkloadKind.StatefulSet, "set", BORN, "db")
                        .deadline(Duration.ofMinutes(10));
        var request = changed("db", consumers(), "r1", CHANGED);
        act(LATER, List.of(request), set);

        var before = plan(LATER.plusSeconds(599), List.of(request), set);
        assertThat(condition(before, request).reason()).isEqualTo("RollingOut");
        assertThat(before.nextLook()).contains(LATER.plusSeconds(600));
        assertThat(condition(plan(LATER.plusSeconds(600), List.of(request), set), request))
                .extracting(Condition::reason, Condition::message)
                .containsExactly(
                        "RolloutFailed",
                        "not up in time after a restart: StatefulSet set (0 of 1 pods are available)."
                                + " Look at the pods");
    }

    @Test
    void aLaterTroubleWithAnotherTemplate_isNotOurs() {
        var web = ModelWorkload.deployment("web", BORN, "db");
        var request = changed("db", consumers(), "r1", CHANGED);
        act(LATER, List.of(request), web);
        web.up().newImage(LATER.plusSeconds(60));
        web.fails("ImagePullBackOff");

        assertThat(condition(plan(LATER.plusSeconds(90), List.of(request), web), request).reason())
                .isEqualTo("RolledOut");
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void whatIsHeld_isLeftAlone_andDueOnceItIsNot(Workload.Hold hold) {
        var web = ModelWorkload.deployment("web", BORN, "db").held(hold);
        var request = changed("db", consumers(), "r1", CHANGED);

        var plan = plan(LATER, List.of(request), web);

        assertThat(plan.restarts()).isEmpty();
        assertThat(condition(plan, request).reason())
                .isEqualTo(
                        switch (hold) {
                            case PAUSED -> "Paused";
                            case ON_DELETE -> "OnDelete";
                            case SCALED_TO_ZERO, NONE -> "RolledOut";
                        });
        assertThat(act(LATER, List.of(request), web.held(Workload.Hold.NONE))).hasSize(1);
    }

    @Test
    void pausedInTheMiddleOfARestart_itHoldsNobodyElse() {
        var one = ModelWorkload.deployment("one", BORN, "db");
        var two = ModelWorkload.deployment("two", BORN, "db");
        var request = List.of(changed("db", consumers(), "r1", CHANGED));
        act(LATER, request, one, two);

        assertThat(act(LATER, request, one.held(Workload.Hold.PAUSED), two))
                .containsExactly("Deployment two");
    }

    @Test
    void anArgoRollout_restartsAtTheTimeOfTheChange_once() {
        var rollout = ModelWorkload.of(WorkloadKind.Rollout, "canary", BORN, "db");
        var request = List.of(changed("db", consumers(), "r1", CHANGED.plusMillis(1)));

        assertThat(act(LATER, request, rollout)).containsExactly("Rollout canary");
        assertThat(rollout.restartAt()).contains(CHANGED.plusSeconds(1));
        assertThat(act(LATER, request, rollout)).isEmpty();
        assertThat(act(LATER, request, rollout.up())).isEmpty();
    }

    @Test
    void severalExternalSecretsOfOneSecret_restartWithItsLastChange() {
        var one =
                new RolloutRequest(
                        "one", consumers(), "db", Optional.of(new Change("r1", CHANGED)));
        var two =
                new RolloutRequest(
                        "two",
                        consumers(),
                        "db",
                        Optional.of(new Change("r2", CHANGED.plusSeconds(5))));
        var web = ModelWorkload.deployment("web", BORN, "db");

        assertThat(act(LATER, List.of(one, two), web)).hasSize(1);
        assertThat(web.everCarried("db", "r2")).isTrue();
        assertThat(act(LATER, List.of(two, one), web.up())).isEmpty();
    }

    @Test
    void whatIsAskedForNoLonger_doesNotLookTakenAway_whenItIsAskedForAgain() {
        var web = ModelWorkload.deployment("web", BORN, "a", "b");
        var a = changed("a", consumers(), "a1", CHANGED);
        act(LATER, List.of(a), web);
        act(
                LATER.plusSeconds(100),
                List.of(changed("b", consumers(), "b1", LATER.plusSeconds(50))),
                web.up());

        assertThat(condition(plan(LATER.plusSeconds(200), List.of(a), web.up()), a).reason())
                .isEqualTo("RolledOut");
    }

    @Test
    void oneOfTwoThatMayNotGoOn_holdsTheWorkloadTheyShare() {
        var failed = ModelWorkload.deployment("a-failed", BORN, "a");
        var stop = changed("a", consumers(1, "0s", "Stop"), "a1", CHANGED);
        act(LATER, List.of(stop), failed);
        failed.fails("ProgressDeadlineExceeded");
        var shared = ModelWorkload.deployment("shared", BORN, "a", "b");
        var free = changed("b", consumers(), "b1", CHANGED);

        assertThat(act(LATER, List.of(stop, free), failed, shared)).isEmpty();
    }

    @Test
    void aRefusedRestart_isTold_andHoldsOthersUnderStopOnly() {
        for (var onFailure : List.of("Continue", "Stop")) {
            var one = ModelWorkload.deployment("one", BORN, "db");
            var two = ModelWorkload.deployment("two", BORN, "db");
            var request = changed("db", consumers(1, "0s", onFailure), "r1", CHANGED);

            var plan =
                    RolloutPlan.of(
                            List.of(request),
                            List.of(one.tracked(), two.tracked()),
                            Map.of(one.id(), "a webhook says no"),
                            LATER);

            assertThat(condition(plan, request))
                    .extracting(Condition::reason, Condition::message)
                    .containsExactly(
                            "RestartRefused",
                            "Kubernetes refuses a restart: Deployment one (a webhook says no)");
            assertThat(restarted(plan))
                    .isEqualTo(onFailure.equals("Stop") ? List.of() : List.of("Deployment two"));
        }
    }

    @Test
    void nothingThatUsesTheSecret_isToldAsSuch() {
        var request = changed("db", consumers(), "r1", CHANGED);

        assertThat(condition(plan(LATER, List.of(request)), request))
                .extracting(Condition::status, Condition::reason)
                .containsExactly("True", "NothingToRestart");
    }
}
