package dev.lockstep.watch;

import static dev.lockstep.watch.WatchScene.MINUTE;
import static dev.lockstep.watch.WatchScene.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceFailure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What List says is a hint, what Describe and Get say is known. */
class VersionWatchFreshnessTest {
    private final FakeAccount account = new FakeAccount().withSecrets(250);
    private final WatchScene scene =
            new WatchScene(account).mode(VersionWatchMode.List).useAll(250).settled();

    @Test
    void aMoveThatListShows_isConfirmedByOneDescribe() {
        account.rotate("secret-00007", "v2");

        scene.pass(Duration.ofMinutes(5));

        assertThat(account.calls)
                .filteredOn(call -> call.operation().equals("DescribeSecret"))
                .containsExactly(new FakeAccount.Call("DescribeSecret", "secret-00007"));
        assertThat(scene.current("secret-00007")).isEqualTo("v2");
        assertThat(scene.woken).containsExactly(user("secret-00007"));
    }

    @Test
    void anOldAnswerOfList_isConfirmedOnceAndNeverReplacesAFresherOne() {
        account.freezeList();
        account.rotate("secret-00007", "v2");
        saw("secret-00007", "v2", scene.clock.instant());

        scene.pass(Duration.ofMinutes(5));

        assertThat(scene.current("secret-00007")).isEqualTo("v2");
        assertThat(account.count("DescribeSecret")).isEqualTo(1);
        assertThat(scene.checkedAt("secret-00007")).isEqualTo(scene.checkedAt("secret-00008"));
    }

    @Test
    void anotherAnswerOfList_isConfirmedAgain() {
        account.freezeList();
        account.rotate("secret-00007", "v2");
        saw("secret-00007", "v2", scene.clock.instant());
        scene.pass(Duration.ofMinutes(5));

        account.thawList();
        account.rotate("secret-00007", "v3");
        scene.pass(Duration.ofMinutes(2));

        assertThat(scene.current("secret-00007")).isEqualTo("v3");
        assertThat(account.count("DescribeSecret")).isEqualTo(2);
    }

    @Test
    void aGet_isFresherThanAnyListAndWakesTheOtherUsers() {
        scene.use(user("second"), "secret-00007", RequestedVersion.CURRENT);
        account.rotate("secret-00007", "v2");

        saw("secret-00007", "v2", scene.clock.instant());

        assertThat(scene.current("secret-00007")).isEqualTo("v2");
        assertThat(scene.woken).containsExactlyInAnyOrder(user("secret-00007"), user("second"));
    }

    @Test
    void aGetAskedForBeforeTheLatestDescribe_isOnlyAReasonToDescribeAgain() {
        var before = scene.clock.instant();
        scene.pass(Duration.ofSeconds(1));
        account.rotate("secret-00007", "v2");
        scene.watch.lookNow(new RemoteKey("secret-00007"));
        scene.pass(Duration.ofSeconds(1));

        saw("secret-00007", "v1", before);
        scene.pass(Duration.ofSeconds(1));

        assertThat(scene.current("secret-00007")).isEqualTo("v2");
        assertThat(account.count("DescribeSecret")).isEqualTo(2);
    }

    @Test
    void aGetByVersionId_saysNothingAboutLabels() {
        account.rotate("secret-00007", "v2");
        var arn = ((Sighting.Seen) scene.look("secret-00007")).secret().arn();

        scene.watch.saw(
                new RemoteKey("secret-00007"),
                new ReadListener.Answer(
                        RequestedVersion.id("v0"),
                        new RemoteVersion(arn, "v0"),
                        scene.clock.instant()));

        assertThat(scene.current("secret-00007")).isEqualTo("v1");
    }

    @Test
    void aCompleteSweep_checksAllKeysThatItShows() {
        scene.pass(Duration.ofMinutes(10));

        assertThat(scene.checkedAt("secret-00000"))
                .isEqualTo(scene.checkedAt("secret-00249"))
                .isAfter(scene.clock.instant().minusSeconds(67));
    }

    @Test
    void aSweepThatDoesNotReachItsLastPage_checksAndRemovesNothing() {
        var before = scene.checkedAt("secret-00000");
        account.during("ListSecrets", new FailAfterOnePage());

        scene.pass(Duration.ofMinutes(3));

        assertThat(scene.sweeps).endsWith(false);
        assertThat(scene.checkedAt("secret-00000")).isEqualTo(before);
        assertThat(scene.look("secret-00249")).isInstanceOf(Sighting.Seen.class);
        assertThat(account.count("DescribeSecret")).isZero();
        assertThat(scene.woken).isEmpty();
    }

    private final class FailAfterOnePage implements Runnable {
        private int pages;

        @Override
        public void run() {
            if (++pages == 2) {
                account.fail("ListSecrets", new SourceFailure.Throttled("ListSecrets"));
            }
        }
    }

    @Test
    void aKeyThatListDoesNotShow_isDescribedAtOnceAndIsNotGoneForIt() {
        account.freezeList();
        account.create("brand-new");
        scene.use("brand-new");
        scene.settled();

        scene.pass(Duration.ofMinutes(3));

        assertThat(scene.look("brand-new")).isInstanceOf(Sighting.Seen.class);
        assertThat(account.count("DescribeSecret")).isBetween(2L, 4L);
        assertThat(scene.checkedAt("brand-new")).isAfter(scene.clock.instant().minusSeconds(67));
    }

    @Test
    void aDeletedSecret_isGoneOnlyWhenDescribeSaysSo() {
        account.delete("secret-00007");
        account.fail(
                "DescribeSecret secret-00007",
                new SourceFailure.Unreachable("DescribeSecret", "500"));
        scene.pass(Duration.ofMinutes(2));

        var inDoubt = (Sighting.Failed) scene.look("secret-00007");
        assertThat(inDoubt.confirmedGone()).isFalse();
        assertThat(inDoubt.last()).isPresent();

        account.mend("DescribeSecret secret-00007");
        scene.pass(Duration.ofMinutes(2));

        var gone = (Sighting.Failed) scene.look("secret-00007");
        assertThat(gone.confirmedGone()).isTrue();
        assertThat(gone.cause().failure()).isInstanceOf(SourceFailure.NotFound.class);
        assertThat(gone.last()).isPresent();
    }

    @Test
    void aDeletedSecretThatListStillShows_staysGone() {
        account.freezeList();
        account.delete("secret-00007");
        scene.watch.lookNow(new RemoteKey("secret-00007"));

        scene.pass(Duration.ofMinutes(5));

        assertThat(((Sighting.Failed) scene.look("secret-00007")).confirmedGone()).isTrue();
        assertThat(scene.woken).containsExactly(user("secret-00007"));
        assertThat(account.count("DescribeSecret")).isEqualTo(2);
    }

    @Test
    void aSecretMadeAgainWithTheSameVersionId_isAMove() {
        account.delete("secret-00007");
        account.create("secret-00007");

        scene.pass(Duration.ofMinutes(2));

        assertThat(scene.woken).containsExactly(user("secret-00007"));
        assertThat(((Sighting.Seen) scene.look("secret-00007")).secret().arn()).endsWith("-000250");
    }

    @Test
    void keysThatListShows_areDescribedOnceADaySpreadOut() {
        scene.pass(Duration.ofHours(12));
        var half = account.count("DescribeSecret");
        scene.pass(Duration.ofHours(12));

        assertThat(half).isBetween(75L, 175L);
        assertThat(account.calls)
                .filteredOn(call -> call.operation().equals("DescribeSecret"))
                .hasSizeBetween(250, 280)
                .extracting(FakeAccount.Call::key)
                .contains("secret-00000", "secret-00123", "secret-00249");
    }

    @Test
    void aKeyUsedByVersionIdAlone_isNeverLookedUp() {
        scene.use(user("pinned"), "by-id", RequestedVersion.id("v0"));

        scene.pass(MINUTE);

        assertThat(account.count("DescribeSecret")).isZero();
    }

    @Test
    void aSecretMarkedForDeletion_isSeenWithItsDate() {
        var date = Instant.parse("2026-12-01T00:00:00Z");
        account.markForDeletion("secret-00007", date);

        scene.pass(Duration.ofMinutes(2));

        assertThat(((Sighting.Seen) scene.look("secret-00007")).secret().deletionDate())
                .isEqualTo(date);
        assertThat(scene.woken).containsExactly(user("secret-00007"));
    }

    private void saw(String key, String versionId, Instant askedAt) {
        var arn = ((Sighting.Seen) scene.look(key)).secret().arn();
        scene.watch.saw(
                new RemoteKey(key),
                new ReadListener.Answer(
                        RequestedVersion.CURRENT, new RemoteVersion(arn, versionId), askedAt));
    }
}
