package dev.lockstep.watch;

import static dev.lockstep.watch.WatchScene.HOUR;
import static dev.lockstep.watch.WatchScene.MINUTE;
import static dev.lockstep.watch.WatchScene.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RequestedVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The interval stretches to the budget; the refresh intervals are kept whatever they cost. */
class VersionWatchBudgetTest {

    @Test
    void theIntervalStretches_untilItsCallsFitTheBudget() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(100))
                        .mode(VersionWatchMode.Describe)
                        .maxCallsPerHour(400)
                        .useAll(100)
                        .settled();

        scene.pass(Duration.ofHours(3));

        assertThat(scene.account.calls).hasSizeBetween(3 * 300, 3 * 400);
        var report = scene.watch.report().orElseThrow();
        assertThat(report.reason()).isEqualTo("BudgetLimited");
        assertThat(report.effectiveInterval()).isBetween(MINUTE.multipliedBy(15), HOUR);
        assertThat(scene.exceeded).isEmpty();
    }

    @Test
    void withoutBudget_theRefreshIntervalsAreKeptAndNothingElseIsDone() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(10))
                        .mode(VersionWatchMode.Describe)
                        .maxCallsPerHour(0)
                        .refresh(Duration.ofMinutes(10))
                        .useAll(10)
                        .settled();

        for (var i = 0; i < 60; i++) {
            scene.pass(MINUTE);
            assertThat(scene.checkedAt("secret-00003"))
                    .isAfterOrEqualTo(scene.clock.instant().minus(Duration.ofMinutes(10)));
        }

        assertThat(scene.account.calls).hasSizeBetween(50, 70);
    }

    @Test
    void refreshIntervalsBeyondTheBudget_areKeptAndReported() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(250))
                        .mode(VersionWatchMode.List)
                        .maxCallsPerHour(20)
                        .refresh(MINUTE)
                        .useAll(250)
                        .settled();

        scene.pass(Duration.ofMinutes(10));

        assertThat(scene.account.count("ListSecrets")).isBetween(30L, 36L);
        assertThat(scene.checkedAt("secret-00003"))
                .isAfterOrEqualTo(scene.clock.instant().minus(MINUTE));
        assertThat(scene.watch.report().orElseThrow().reason()).isEqualTo("BudgetExceeded");
        assertThat(scene.exceeded).containsExactly(true);
    }

    @Test
    void excessThatEnds_isToldOnce() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(10))
                        .mode(VersionWatchMode.Describe)
                        .maxCallsPerHour(20)
                        .refresh(MINUTE)
                        .useAll(10)
                        .settled();

        scene.refresh(HOUR).useAll(10);
        scene.pass(Duration.ofMinutes(10));

        assertThat(scene.exceeded).containsExactly(true, false);
    }

    @Test
    void oneKeyWithAShortRefreshInterval_isDescribedRatherThanAllSwept() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(250))
                        .mode(VersionWatchMode.List)
                        .interval(HOUR)
                        .useAll(250);
        scene.settled();
        scene.refresh(Duration.ofSeconds(10)).use("secret-00007");

        scene.pass(Duration.ofMinutes(10));

        assertThat(scene.account.count("DescribeSecret")).isBetween(60L, 75L);
        assertThat(scene.account.count("ListSecrets")).isLessThanOrEqualTo(3);
    }

    @Test
    void whereStoresShareAnIdentity_theShortestIntervalAndTheLargestBudgetHold() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(2)).mode(VersionWatchMode.Describe);
        scene.interval(Duration.ofMinutes(10)).maxCallsPerHour(1000).use("secret-00000");
        scene.interval(Duration.ofSeconds(10)).maxCallsPerHour(10).use("secret-00001");
        scene.settled();

        scene.pass(Duration.ofMinutes(10));

        assertThat(scene.watch.report().orElseThrow().effectiveInterval())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(scene.account.calls).hasSizeBetween(108, 136);
    }

    @Test
    void aStoreThatLeavesASharedIdentity_takesItsSettingsWithIt() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(2)).mode(VersionWatchMode.Describe);
        scene.interval(Duration.ofMinutes(10)).use("secret-00000");
        scene.interval(Duration.ofSeconds(10)).use("secret-00001");
        scene.settled();

        scene.watch.use(user("secret-00001"), List.of(), List.of());
        scene.pass(Duration.ofSeconds(30));

        assertThat(scene.watch.report().orElseThrow().effectiveInterval())
                .isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void looksOfOneStart_partOverTheFollowingInterval() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(60))
                        .mode(VersionWatchMode.Describe)
                        .maxCallsPerHour(100_000)
                        .useAll(60)
                        .settled();
        var most = 0;

        for (var second = 0; second < 60; second++) {
            var before = scene.account.calls.size();
            scene.pass(Duration.ofSeconds(1));
            most = Math.max(most, scene.account.calls.size() - before);
        }

        assertThat(most).isLessThan(10);
    }

    @Test
    void whatOneUserUses_replacesWhatItUsedBefore() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(2)).mode(VersionWatchMode.Describe);
        scene.use(user("one"), "secret-00000", RequestedVersion.CURRENT);
        scene.use(user("one"), "secret-00001", RequestedVersion.CURRENT);

        scene.pass(MINUTE);

        assertThat(scene.look("secret-00000")).isInstanceOf(Sighting.Pending.class);
        assertThat(scene.look("secret-00001")).isInstanceOf(Sighting.Seen.class);
        assertThat(scene.account.calls).noneMatch(call -> call.key().equals("secret-00000"));
    }
}
