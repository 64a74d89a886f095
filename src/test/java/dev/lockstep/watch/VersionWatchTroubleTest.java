package dev.lockstep.watch;

import static dev.lockstep.watch.WatchScene.MINUTE;
import static dev.lockstep.watch.WatchScene.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.SourceFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** AWS throttles, fails or is away: what was seen stays, and who must know is woken once. */
class VersionWatchTroubleTest {
    private static final SourceFailure AWAY =
            new SourceFailure.Unreachable("any call", "connection refused");

    private final FakeAccount account = new FakeAccount().withSecrets(250);

    private WatchScene swept() {
        return new WatchScene(account).mode(VersionWatchMode.List).useAll(250).settled();
    }

    private WatchScene described(int keys) {
        return new WatchScene(account).mode(VersionWatchMode.Describe).useAll(keys).settled();
    }

    @Test
    void throttledSweeps_slowDownAndAreNoOnesError() {
        var scene = swept();
        var before = scene.checkedAt("secret-00000");
        account.fail("ListSecrets", new SourceFailure.Throttled("ListSecrets"));

        scene.pass(Duration.ofMinutes(30));

        assertThat(scene.woken).isEmpty();
        assertThat(scene.checkedAt("secret-00000")).isEqualTo(before);
        assertThat(account.count("ListSecrets")).isLessThan(20);
        var report = scene.watch.report().orElseThrow();
        assertThat(report.reason()).isEqualTo("Throttled");
        assertThat(report.effectiveInterval()).isEqualTo(MINUTE.multipliedBy(Pace.MAX_STRETCH));
    }

    @Test
    void throttlingThatEnds_letsTheSweepRecover() {
        var scene = swept();
        account.fail("ListSecrets", new SourceFailure.Throttled("ListSecrets"));
        scene.pass(Duration.ofMinutes(30));
        account.mend("ListSecrets");

        scene.pass(Duration.ofHours(1));

        assertThat(scene.watch.report().orElseThrow().reason()).isEmpty();
        assertThat(scene.checkedAt("secret-00000"))
                .isAfter(scene.clock.instant().minus(Duration.ofMinutes(2)));
    }

    @Test
    void throttledFirstLooks_areToldWhileNothingElseIsKnown() {
        account.fail("DescribeSecret", new SourceFailure.Throttled("DescribeSecret"));
        var scene = described(1);

        assertThat(((Sighting.Failed) scene.look("secret-00000")).cause().failure())
                .isInstanceOf(SourceFailure.Throttled.class);

        account.mend("DescribeSecret");
        scene.pass(Duration.ofMinutes(1));
        assertThat(scene.current("secret-00000")).isEqualTo("v1");
    }

    @Test
    void awsAway_tellsEachUserOnceAndForgetsNothing() {
        var scene = swept();
        account.fail("ListSecrets", AWAY);

        scene.pass(Duration.ofMinutes(30));

        assertThat(scene.woken).hasSize(250).doesNotHaveDuplicates();
        var failed = (Sighting.Failed) scene.look("secret-00000");
        assertThat(failed.confirmedGone()).isFalse();
        assertThat(failed.last().orElseThrow().secret().name()).isEqualTo("secret-00000");
    }

    @Test
    void awsBack_tellsEachUserOnce() {
        var scene = swept();
        account.fail("ListSecrets", AWAY);
        scene.pass(Duration.ofMinutes(30));
        scene.woken.clear();
        account.mend("ListSecrets");

        scene.pass(Duration.ofMinutes(6));

        assertThat(scene.woken).hasSize(250).doesNotHaveDuplicates();
        assertThat(scene.current("secret-00000")).isEqualTo("v1");
    }

    @Test
    void awsAway_isAskedLessAndLess() {
        var scene = described(50);
        account.fail("DescribeSecret", AWAY);

        scene.pass(Duration.ofMinutes(30));

        assertThat(account.count("DescribeSecret")).isLessThan(20 * DescribeRound.PARALLEL);
    }

    @Test
    void oneKeyThatAlwaysFails_doesNotSlowTheOthers() {
        account.fail("DescribeSecret secret-00001", AWAY);
        var scene = described(10);

        scene.pass(Duration.ofMinutes(30));

        assertThat(scene.look("secret-00001")).isInstanceOf(Sighting.Failed.class);
        assertThat(scene.checkedAt("secret-00000"))
                .isAfter(scene.clock.instant().minus(Duration.ofSeconds(67)));
        assertThat(account.calls)
                .filteredOn(new FakeAccount.Call("DescribeSecret", "secret-00001")::equals)
                .hasSizeLessThan(30);
    }

    @Test
    void aRefusedIdentity_isEveryKeysTroubleAtOnce() {
        var scene = described(50);
        account.fail("DescribeSecret", new SourceFailure.AssumeRoleDenied("r", "a", "p"));

        scene.pass(Duration.ofMinutes(2));

        assertThat(scene.woken).hasSize(50).doesNotHaveDuplicates();
        assertThat(account.count("DescribeSecret")).isLessThan(15);
    }

    @Test
    void aRefusedIdentityThatIsTrustedAgain_recoversByItself() {
        var scene = described(5);
        account.fail("DescribeSecret", new SourceFailure.AssumeRoleDenied("r", "a", "p"));
        scene.pass(Duration.ofMinutes(10));
        account.mend("DescribeSecret");

        scene.pass(Duration.ofMinutes(6));

        assertThat(scene.current("secret-00004")).isEqualTo("v1");
    }

    @Test
    void manyMissingKeys_doNotMakeItSweepWithoutEnd() {
        var scene = swept();
        for (var i = 0; i < 20; i++) {
            scene.use("missing-" + i);
        }

        scene.pass(Duration.ofMinutes(10));

        assertThat(account.count("ListSecrets")).isLessThan(40);
        assertThat(scene.look("missing-7"))
                .isInstanceOfSatisfying(
                        Sighting.Failed.class, f -> assertThat(f.confirmedGone()).isTrue());
        assertThat(scene.woken).contains(user("missing-7"));
    }

    @Test
    void anUnchangedLook_wakesNoOne() {
        var scene = swept();

        scene.pass(Duration.ofDays(2));

        assertThat(scene.woken).isEmpty();
    }
}
