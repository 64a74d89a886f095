package dev.lockstep.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds whatever people, GitOps tools and rotations do, and whenever somebody looks. */
class RolloutPropertiesTest {
    private static final int WORKLOADS = 3;
    private static final List<String> SECRETS = List.of("a", "b");

    enum Step {
        CHANGE_A,
        CHANGE_B,
        LOOK,
        LOOK_TWICE,
        COME_UP,
        UNDO,
        TAKE_AWAY,
        NEW_IMAGE,
        PASS_TIME
    }

    record Move(Step step, int workload, int millis) {}

    @Provide
    Arbitrary<List<Move>> moves() {
        return Combinators.combine(
                        Arbitraries.of(Step.class),
                        Arbitraries.integers().between(0, WORKLOADS - 1),
                        Arbitraries.integers().between(0, 20_000))
                .as(Move::new)
                .list()
                .ofMaxSize(50);
    }

    @Property(tries = 1000)
    void noRevisionRestartsAWorkloadTwice_andNoChangeIsLost(@ForAll("moves") List<Move> moves) {
        var play = new Play();

        moves.forEach(play::make);
        play.settle();

        play.workloads.forEach(play::assertNothingLost);
    }

    private static final class Play {
        final List<ModelWorkload> workloads = new ArrayList<>();
        private final List<RolloutRequest> requests = new ArrayList<>();
        private final Set<String> made = new HashSet<>();
        private Instant now = Instant.parse("2026-01-01T10:00:00Z");
        private int changes;

        Play() {
            for (int i = 0; i < WORKLOADS; i++) {
                workloads.add(ModelWorkload.deployment("w" + i, now, "a", "b"));
            }
            pass(Duration.ofMillis(1_500));
            SECRETS.forEach(secret -> requests.add(changed(secret)));
        }

        private RolloutRequest changed(String secret) {
            return Requests.changed(secret, Requests.consumers(), "r" + changes++, now);
        }

        void make(Move move) {
            pass(Duration.ofMillis(move.millis() / 10));
            var workload = workloads.get(move.workload());
            switch (move.step()) {
                case CHANGE_A -> requests.set(0, changed("a"));
                case CHANGE_B -> requests.set(1, changed("b"));
                case LOOK -> look();
                case LOOK_TWICE -> {
                    look();
                    look();
                }
                case COME_UP -> workload.up();
                case UNDO -> workload.undo(now);
                case TAKE_AWAY -> workload.takeAnnotationsAway(now);
                case NEW_IMAGE -> workload.newImage(now);
                case PASS_TIME -> pass(Duration.ofMillis(move.millis()));
            }
        }

        private void look() {
            var plan =
                    RolloutPlan.of(
                            requests,
                            workloads.stream().map(ModelWorkload::tracked).toList(),
                            Map.of(),
                            now);
            for (var restart : plan.restarts()) {
                assertThat(made.add(restart.workload().id() + " " + restart.annotations()))
                        .as("%s was restarted with %s before", restart, restart.annotations())
                        .isTrue();
                workloads.stream()
                        .filter(w -> w.id().equals(restart.workload().id()))
                        .forEach(w -> w.restart(restart, now));
            }
            requests.forEach(request -> assertNotTooMany(plan, request));
        }

        /** Redoing what was undone is nobody's restart, so is not counted unless one is made. */
        private static void assertNotTooMany(RolloutPlan plan, RolloutRequest request) {
            var rolling =
                    plan.standings(request).values().stream()
                            .filter(standing -> standing.is(Standing.Kind.ROLLING))
                            .toList();
            if (rolling.stream().anyMatch(s -> s.detail().equals(RolloutPlan.JUST_ASKED))) {
                assertThat(rolling).hasSize(request.rollout().maxConcurrentOrDefault());
            }
        }

        void settle() {
            for (int i = 0; i < 2 * WORKLOADS + 2; i++) {
                pass(Duration.ofSeconds(11));
                look();
                workloads.forEach(ModelWorkload::up);
            }
        }

        /** Its pods are younger than each change, or were restarted with it once. */
        void assertNothingLost(ModelWorkload workload) {
            for (var request : requests) {
                var change = request.change().orElseThrow();
                assertThat(
                                !workload.newest().isBefore(change.at())
                                        || workload.everCarried(
                                                request.secret(), change.revision()))
                        .as("%s has %s", workload.id(), change)
                        .isTrue();
            }
        }

        private void pass(Duration time) {
            now = now.plus(time);
        }
    }
}
