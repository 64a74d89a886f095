package dev.lockstep.watch;

import static dev.lockstep.watch.WatchScene.HOUR;
import static dev.lockstep.watch.WatchScene.MINUTE;
import static dev.lockstep.watch.WatchScene.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.GoRegexp;
import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceFailure;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found, when it is looked for, and what it takes for a match to go. */
class VersionWatchFindTest {
    private static final User FINDER = user("finder");
    private static final Map<String, String> BLUE = Map.of("team", "blue");
    private static final Selector APP =
            new Selector("", Optional.of(GoRegexp.compile("^app/")), Map.of());
    private static final Selector OF_BLUE = new Selector("", Optional.empty(), BLUE);

    private final FakeAccount account = new FakeAccount();
    private final WatchScene scene = new WatchScene(account);

    @BeforeEach
    void create() {
        account.create("app/db", BLUE);
        account.create("app/web", Map.of("team", "blues"));
        account.create("other", BLUE);
    }

    @Test
    void whatMatches_isFoundByOneList_whichTellsItsVersionsToo() {
        scene.find(FINDER, APP);
        assertThat(scene.watch.look(APP)).isInstanceOf(Matches.Pending.class);

        scene.pass(Duration.ofSeconds(5));
        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");
        assertThat(scene.woken).containsExactly(FINDER);
        scene.find(FINDER, APP);

        assertThat(scene.current("app/db")).isEqualTo("v1");
        assertThat(account.count("ListSecrets")).isEqualTo(1);
        assertThat(account.count("DescribeSecret")).isZero();
    }

    @Test
    void tags_matchWhole() {
        settle(OF_BLUE);

        assertThat(scene.found(OF_BLUE)).containsExactly("app/db", "other");
    }

    @Test
    void fiveHundredMatches_costTheirPagesAndNothingElse() {
        account.withSecrets(500);
        var all = new Selector("secret-", Optional.empty(), Map.of());
        settle(all);

        scene.pass(HOUR);

        assertThat(scene.found(all)).hasSize(500);
        assertThat(account.count("ListSecrets")).isBetween(5L * 50, 5L * 70);
        assertThat(account.count("DescribeSecret")).isLessThan(50);
    }

    @Test
    void whereSweepsAreMade_aSearchCostsNoCall() {
        account.withSecrets(250);
        scene.mode(VersionWatchMode.List).useAll(250).settled();
        scene.pass(MINUTE.multipliedBy(20));
        var without = account.count("ListSecrets");
        scene.find(FINDER, APP);
        scene.pass(Duration.ofSeconds(5));
        scene.find(FINDER, APP);
        account.calls.clear();

        scene.pass(MINUTE.multipliedBy(20));

        assertThat(account.count("ListSecrets")).isBetween(without - 6, without + 6);
        assertThat(account.calls).noneMatch(call -> call.key().equals(APP.toString()));
    }

    @Test
    void aNewMatch_wakesWhoSearches() {
        settle(APP);
        account.create("app/new");
        account.create("not-app");

        scene.pass(MINUTE.multipliedBy(2));

        assertThat(scene.woken).containsExactly(FINDER);
        assertThat(scene.found(APP)).containsExactly("app/db", "app/new", "app/web");
    }

    @Test
    void aMatchThatIsGone_goesOnceADescribeHasConfirmedIt() {
        settle(APP);
        account.delete("app/db");

        scene.pass(MINUTE.multipliedBy(2));

        assertThat(scene.found(APP)).containsExactly("app/web");
        assertThat(account.calls).contains(new FakeAccount.Call("DescribeSecret", "app/db"));
        assertThat(scene.woken).contains(FINDER);
    }

    @Test
    void aMatchThatAListLeavesOut_staysWhileItIsThere() {
        settle(APP);
        account.freezeList("app/db");

        scene.pass(MINUTE.multipliedBy(3));

        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");
        assertThat(account.count("DescribeSecret")).isPositive();
    }

    @Test
    void aMatchWhoseTagsChanged_goesOnceADescribeHasConfirmedIt() {
        settle(OF_BLUE);
        account.tag("app/db", Map.of("team", "green"));

        scene.pass(MINUTE.multipliedBy(2));

        assertThat(scene.found(OF_BLUE)).containsExactly("other");
        assertThat(account.calls).contains(new FakeAccount.Call("DescribeSecret", "app/db"));
    }

    @Test
    void aMatchThatMayNotBeDescribed_stays_andTheRefusalIsTold() {
        settle(APP);
        account.fail("DescribeSecret app/db", FakeAccount.denied("DescribeSecret"));
        account.delete("app/db");

        scene.pass(MINUTE.multipliedBy(2));

        assertThat(scene.watch.look(APP)).isInstanceOf(Matches.Failed.class);
        assertThat(((Matches.Failed) scene.watch.look(APP)).cause().failure())
                .isInstanceOf(SourceFailure.AccessDenied.class);
        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");
        assertThat(scene.woken).contains(FINDER);

        account.mend("DescribeSecret app/db");
        scene.pass(MINUTE.multipliedBy(75));
        assertThat(scene.found(APP)).containsExactly("app/web");
    }

    @Test
    void whatWasFoundBeforeAnybodyWatched_isDescribedBeforeItCountsAsGone() {
        scene.find(FINDER, APP, keys("app/db", "app/gone"));

        scene.pass(Duration.ofSeconds(5));

        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");
        assertThat(account.calls)
                .filteredOn(call -> call.operation().equals("DescribeSecret"))
                .containsExactly(new FakeAccount.Call("DescribeSecret", "app/gone"));
        assertThat(scene.woken).contains(FINDER);
    }

    @Test
    void whatWasFoundBefore_andMayNotBeDescribed_leavesNothingKnown() {
        account.fail("DescribeSecret app/gone", FakeAccount.denied("DescribeSecret"));
        scene.find(FINDER, APP, keys("app/gone"));

        scene.pass(MINUTE.multipliedBy(2));

        assertThat(scene.watch.look(APP))
                .isInstanceOfSatisfying(
                        Matches.Failed.class,
                        failed -> {
                            assertThat(failed.last()).isEmpty();
                            assertThat(failed.cause().failure())
                                    .isInstanceOf(SourceFailure.AccessDenied.class);
                        });
        assertThat(scene.woken).contains(FINDER);

        account.mend("DescribeSecret app/gone");
        scene.pass(MINUTE.multipliedBy(75));
        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");
    }

    @Test
    void whoSearchesLater_hasItsOwnDescribedToo_butOnlyOnce() {
        settle(APP);
        var later = user("later");

        scene.find(later, APP, keys("app/gone"));
        scene.pass(MINUTE);
        scene.find(later, APP, keys("app/gone"));
        scene.pass(MINUTE);

        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");
        assertThat(account.calls)
                .filteredOn(call -> call.key().equals("app/gone"))
                .containsExactly(new FakeAccount.Call("DescribeSecret", "app/gone"));
        assertThat(scene.woken).contains(later);
    }

    @Test
    void anOldList_bringsNothingBackThatADescribeDenied() {
        settle(APP);
        account.freezeList();
        account.delete("app/db");
        scene.watch.lookNow(new RemoteKey("app/db"));

        scene.pass(MINUTE.multipliedBy(3));

        assertThat(scene.found(APP)).containsExactly("app/web");
    }

    @Test
    void aSecretThatIsMadeAgain_isFoundAgain() {
        settle(APP);
        account.delete("app/db");
        scene.pass(MINUTE.multipliedBy(2));
        account.create("app/db");

        scene.pass(MINUTE.multipliedBy(2));

        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");
    }

    @Test
    void aDeniedList_isTold_andTriedAgainHourlyOrWhenAsked() {
        account.fail("ListSecrets", FakeAccount.denied("ListSecrets"));
        account.fail("ListSecrets " + APP, FakeAccount.denied("ListSecrets"));
        settle(APP);
        assertThat(((Matches.Failed) scene.watch.look(APP)).cause().failure())
                .isInstanceOf(SourceFailure.AccessDenied.class);
        scene.pass(MINUTE.multipliedBy(50));
        assertThat(account.count("ListSecrets")).isZero();

        account.mend("ListSecrets");
        account.mend("ListSecrets " + APP);
        scene.watch.retryDenied();
        scene.pass(MINUTE);

        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");
    }

    @Test
    void trouble_takesNothingFromWhatIsKnown() {
        settle(APP);
        var down = new SourceFailure.Unreachable("ListSecrets", "connection refused");
        account.fail("ListSecrets", down);

        scene.pass(MINUTE.multipliedBy(3));

        assertThat(scene.watch.look(APP)).isInstanceOf(Matches.Failed.class);
        assertThat(scene.found(APP)).containsExactly("app/db", "app/web");

        account.mend("ListSecrets");
        scene.pass(MINUTE.multipliedBy(6));
        assertThat(scene.watch.look(APP)).isInstanceOf(Matches.Known.class);
    }

    @Test
    void inModeOff_nobodyLooks() {
        scene.mode(VersionWatchMode.Off);
        settle(APP);

        scene.pass(HOUR);

        assertThat(scene.watch.look(APP)).isInstanceOf(Matches.Unwatched.class);
        assertThat(account.calls).isEmpty();
    }

    @Test
    void inModeDescribe_listsAreMadeForSearchesAlone() {
        scene.mode(VersionWatchMode.Describe);
        settle(APP);
        account.create("app/new");

        scene.pass(MINUTE.multipliedBy(2));

        assertThat(scene.found(APP)).contains("app/new");
        assertThat(account.calls)
                .filteredOn(call -> call.operation().equals("ListSecrets"))
                .allMatch(call -> call.key().equals(APP.toString()));
    }

    @Test
    void whatListsDoNotTell_isAskedForByTag_besidesTheSweeps() {
        account.withoutTagsInLists().withSecrets(50);
        scene.mode(VersionWatchMode.List).useAll(50);
        settle(OF_BLUE);
        assertThat(scene.found(OF_BLUE)).containsExactly("app/db", "other");

        account.tag("app/web", BLUE);
        account.tag("app/db", Map.of());
        scene.pass(MINUTE.multipliedBy(3));

        assertThat(scene.found(OF_BLUE)).containsExactly("app/web", "other");
    }

    @Test
    void whoSearchesNoMore_isNotWoken_andNoListIsMadeForIt() {
        settle(APP);
        scene.watch.use(FINDER, List.of(), List.of());
        account.create("app/new");

        scene.pass(HOUR);

        assertThat(scene.woken).isEmpty();
        assertThat(account.calls).isEmpty();
        assertThat(scene.watch.isUnused()).isTrue();
    }

    private static Set<RemoteKey> keys(String... names) {
        return Arrays.stream(names).map(RemoteKey::new).collect(Collectors.toSet());
    }

    private void settle(Selector selector) {
        scene.find(FINDER, selector);
        scene.pass(Duration.ofSeconds(5));
        scene.find(FINDER, selector);
        scene.settled();
    }
}
