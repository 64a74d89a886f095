package dev.lockstep.watch;

import static dev.lockstep.watch.WatchScene.HOUR;
import static dev.lockstep.watch.WatchScene.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** List, Describe, Auto and Off, and how each falls back where AWS denies a call. */
class VersionWatchModesTest {

    @Test
    void manyKeys_areFirstLookedAtByOneSweep() {
        var scene = new WatchScene(new FakeAccount().withSecrets(250)).useAll(250);

        scene.pass(Duration.ofSeconds(2));

        assertThat(scene.account.count("ListSecrets")).isEqualTo(3);
        assertThat(scene.account.count("DescribeSecret")).isZero();
        assertThat(scene.woken).hasSize(250);
        assertThat(scene.current("secret-00249")).isEqualTo("v1");
    }

    @Test
    void oneKeyAmongMany_isDescribed() {
        var scene = new WatchScene(new FakeAccount().withSecrets(250)).useAll(1);

        scene.pass(Duration.ofMinutes(10));

        assertThat(scene.account.count("ListSecrets")).isZero();
        assertThat(scene.account.count("DescribeSecret")).isBetween(9L, 13L);
        assertThat(scene.watch.report().orElseThrow().mode()).isEqualTo(VersionWatchMode.Describe);
    }

    @Test
    void aSweepThatShowsItselfTooLong_isGivenUpForDescribes() {
        var account = new FakeAccount().withSecrets(1000).withPageSize(10);
        var scene = new WatchScene(account).useAll(20);

        scene.pass(Duration.ofSeconds(5));

        assertThat(account.count("ListSecrets")).isEqualTo(16);
        assertThat(account.count("DescribeSecret")).isEqualTo(20);
        assertThat(scene.sweeps).containsExactly(false);
    }

    @Test
    void aNewKeyOfASweptIdentity_isDescribedAtOnce() {
        var scene = new WatchScene(new FakeAccount().withSecrets(250)).useAll(200).settled();

        scene.use("secret-00240");
        scene.pass(Duration.ofMillis(100));

        assertThat(scene.account.calls)
                .containsExactly(new FakeAccount.Call("DescribeSecret", "secret-00240"));
        assertThat(scene.woken).containsExactly(WatchScene.user("secret-00240"));
    }

    @Test
    void modeOff_asksNothing() {
        var scene =
                new WatchScene(new FakeAccount().withSecrets(5))
                        .mode(VersionWatchMode.Off)
                        .useAll(5);

        scene.pass(HOUR);

        assertThat(scene.account.calls).isEmpty();
        assertThat(scene.look("secret-00001")).isInstanceOf(Sighting.Unwatched.class);
        assertThat(scene.watch.report().orElseThrow().mode()).isEqualTo(VersionWatchMode.Off);
        assertThat(scene.watch.report().orElseThrow().reason()).isEmpty();
    }

    @Test
    void deniedList_fallsBackToDescribeAndIsTriedAgainAfterAnHour() {
        var account = new FakeAccount().withSecrets(20);
        account.fail("ListSecrets", FakeAccount.denied("ListSecrets"));
        var scene = new WatchScene(account).useAll(20);

        scene.pass(Duration.ofMinutes(50));

        assertThat(account.count("ListSecrets")).isEqualTo(1);
        var report = scene.watch.report().orElseThrow();
        assertThat(report.mode()).isEqualTo(VersionWatchMode.Describe);
        assertThat(report.reason()).isEqualTo("ListDenied");
        assertThat(report.message()).contains("secretsmanager:ListSecrets");

        account.mend("ListSecrets");
        scene.pass(Duration.ofMinutes(20));

        assertThat(scene.watch.report().orElseThrow().mode()).isEqualTo(VersionWatchMode.List);
        assertThat(scene.watch.report().orElseThrow().reason()).isEmpty();
    }

    @Test
    void deniedDescribe_leavesThatKeyUnwatchedAndIsTriedAgainAfterAnHour() {
        var account = new FakeAccount().withSecrets(2);
        account.fail("DescribeSecret secret-00001", FakeAccount.denied("DescribeSecret"));
        var scene = new WatchScene(account).mode(VersionWatchMode.Describe).useAll(2);

        scene.pass(Duration.ofMinutes(50));

        assertThat(scene.look("secret-00000")).isInstanceOf(Sighting.Seen.class);
        assertThat(scene.look("secret-00001")).isInstanceOf(Sighting.Unwatched.class);
        assertThat(account.calls)
                .filteredOn(new FakeAccount.Call("DescribeSecret", "secret-00001")::equals)
                .hasSize(1);
        var report = scene.watch.report().orElseThrow();
        assertThat(report.mode()).isEqualTo(VersionWatchMode.Describe);
        assertThat(report.reason()).isEqualTo("DescribeDenied");

        scene.woken.clear();
        account.mend("DescribeSecret secret-00001");
        scene.pass(Duration.ofMinutes(20));

        assertThat(scene.look("secret-00001")).isInstanceOf(Sighting.Seen.class);
        assertThat(scene.woken).containsExactly(WatchScene.user("secret-00001"));
    }

    @Test
    void everythingDenied_isReportedAsOffWithTheMissingAction() {
        var account = new FakeAccount().withSecrets(2);
        account.fail("ListSecrets", FakeAccount.denied("ListSecrets"));
        account.fail("DescribeSecret", FakeAccount.denied("DescribeSecret"));
        var scene = new WatchScene(account).useAll(2);

        scene.pass(MINUTE);

        var report = scene.watch.report().orElseThrow();
        assertThat(report.mode()).isEqualTo(VersionWatchMode.Off);
        assertThat(report.reason()).isEqualTo("DescribeDenied");
        assertThat(report.message()).contains("secretsmanager:DescribeSecret");
    }

    @Test
    void denialsAreTriedAgainAtOnceWhenTheStoreChanged() {
        var account = new FakeAccount().withSecrets(3);
        account.fail("ListSecrets", FakeAccount.denied("ListSecrets"));
        account.fail("DescribeSecret", FakeAccount.denied("DescribeSecret"));
        var scene = new WatchScene(account).useAll(3);
        scene.pass(MINUTE);
        account.mend("ListSecrets");
        account.mend("DescribeSecret");

        scene.watch.retryDenied();
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.look("secret-00002")).isInstanceOf(Sighting.Seen.class);
        assertThat(scene.watch.report().orElseThrow().reason()).isEmpty();
    }

    @Test
    void anArnAndAPartialArn_areFoundInASweep() {
        var account = new FakeAccount().withSecrets(10);
        var scene = new WatchScene(account).mode(VersionWatchMode.List).useAll(10);
        scene.pass(MINUTE);
        var arn = ((Sighting.Seen) scene.look("secret-00003")).secret().arn();

        scene.use(arn);
        scene.use(arn.substring(0, arn.length() - 7));
        scene.settled();
        account.fail("DescribeSecret", FakeAccount.denied("DescribeSecret"));
        scene.pass(Duration.ofMinutes(5));

        assertThat(scene.watch.look(new RemoteKey(arn))).isInstanceOf(Sighting.Seen.class);
        assertThat(scene.checkedAt(arn)).isEqualTo(scene.checkedAt("secret-00001"));
    }
}
