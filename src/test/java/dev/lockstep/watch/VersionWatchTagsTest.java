package dev.lockstep.watch;

import static dev.lockstep.watch.WatchScene.MINUTE;
import static dev.lockstep.watch.WatchScene.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.Tags;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tags in place of values: a version of their own. */
class VersionWatchTagsTest {
    private static final User READER = user("reader");
    private static final Map<String, String> BLUE = Map.of("team", "blue");
    private static final Map<String, String> GREEN = Map.of("team", "green");

    private final FakeAccount account = new FakeAccount();
    private final WatchScene scene = new WatchScene(account);

    @Test
    void tagsThatMove_wakeWhoReadsThem_andNotWhoReadsTheValue() {
        account.create("db", BLUE);
        scene.use(READER, "db", RequestedVersion.TAGS);
        scene.use("db");
        scene.settled();
        assertThat(version()).isEqualTo(Tags.of(BLUE).hash());

        account.tag("db", GREEN);
        scene.pass(MINUTE.multipliedBy(2));

        assertThat(version()).isEqualTo(Tags.of(GREEN).hash());
        assertThat(scene.woken).containsExactly(READER);
    }

    @Test
    void aValueThatMoves_doesNotWakeWhoReadsTags() {
        account.create("db", BLUE);
        scene.use(READER, "db", RequestedVersion.TAGS);
        scene.settled();

        account.rotate("db", "v2");
        scene.pass(MINUTE.multipliedBy(2));

        assertThat(scene.woken).isEmpty();
    }

    @Test
    void tagsOfAKeyThatWasWatchedWithout_areAskedForAtOnce() {
        account.create("db", BLUE);
        scene.use("db");
        scene.settled();

        scene.use(READER, "db", RequestedVersion.TAGS);
        scene.pass(Duration.ofSeconds(1));

        assertThat(version()).isEqualTo(Tags.of(BLUE).hash());
        assertThat(scene.woken).containsExactly(READER);
    }

    @Test
    void inAList_tagsThatMove_areConfirmedByDescribe() {
        account.withSecrets(50);
        account.create("db", BLUE);
        scene.mode(VersionWatchMode.List).useAll(50);
        scene.use(READER, "db", RequestedVersion.TAGS);
        scene.settled();

        account.tag("db", GREEN);
        scene.pass(MINUTE.multipliedBy(2));

        assertThat(version()).isEqualTo(Tags.of(GREEN).hash());
        assertThat(account.count("DescribeSecret")).isEqualTo(1);
        assertThat(scene.woken).containsExactly(READER);
    }

    @Test
    void whereListsDoNotTellThem_tagsAreDescribedAtEachSweep() {
        account.withoutTagsInLists().withSecrets(50);
        account.create("db", BLUE);
        scene.mode(VersionWatchMode.List).useAll(50);
        scene.use(READER, "db", RequestedVersion.TAGS);
        scene.settled();

        account.tag("db", GREEN);
        scene.pass(MINUTE.multipliedBy(2));

        assertThat(version()).isEqualTo(Tags.of(GREEN).hash());
    }

    private String version() {
        var seen = (Sighting.Seen) scene.look("db");
        return seen.secret().version(RequestedVersion.TAGS).orElseThrow().versionId();
    }
}
