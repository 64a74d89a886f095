package dev.lockstep.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RequestedVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds however List lags, secrets move and calls fall. */
class VersionWatchPropertiesTest {
    private static final int KEYS = 5;

    enum Step {
        ROTATE,
        FREEZE_LIST,
        THAW_LIST,
        DESCRIBE,
        READ,
        PASS_TIME
    }

    record Move(Step step, int key) {}

    @Provide
    Arbitrary<List<Move>> moves() {
        var keys = Arbitraries.integers().between(0, KEYS - 1);
        return Combinators.combine(Arbitraries.of(Step.class), keys)
                .as(Move::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300)
    void theIndexNeverGoesBack_andEveryMoveWakesItsUser(
            @ForAll("moves") List<Move> moves, @ForAll long seed) {
        var play = new Play(seed);

        moves.forEach(play::make);
        play.scene.account.thawList();
        play.scene.pass(Duration.ofMinutes(3));

        for (var key = 0; key < KEYS; key++) {
            assertThat(play.shown(key)).isEqualTo(play.versions[key]);
        }
    }

    /** Rotates forward only, so that an older version in the index is a step back. */
    private static final class Play {
        final WatchScene scene;
        final int[] versions = new int[KEYS];
        private final int[] known = new int[KEYS];

        Play(long seed) {
            scene =
                    new WatchScene(new FakeAccount().withSecrets(50), seed)
                            .mode(VersionWatchMode.List);
            for (var key = 0; key < KEYS; key++) {
                rotate(key);
            }
            scene.useAll(KEYS).settled();
            System.arraycopy(versions, 0, known, 0, KEYS);
        }

        void make(Move move) {
            var key = FakeAccount.key(move.key());
            switch (move.step()) {
                case ROTATE -> rotate(move.key());
                case FREEZE_LIST -> scene.account.freezeList();
                case THAW_LIST -> scene.account.thawList();
                case DESCRIBE -> scene.watch.lookNow(key);
                case READ -> read(key);
                case PASS_TIME -> scene.pass(Duration.ofSeconds(70));
            }
            scene.pass(Duration.ofSeconds(1));
            note();
        }

        int shown(int key) {
            return Integer.parseInt(scene.current(FakeAccount.key(key).id()).substring(1));
        }

        private void rotate(int key) {
            scene.account.rotate(FakeAccount.key(key).id(), "v" + ++versions[key]);
        }

        private void read(RemoteKey key) {
            var asked = RequestedVersion.CURRENT;
            var version = scene.account.versionOf(key, asked).orElseThrow();
            scene.watch.saw(key, new ReadListener.Answer(asked, version, scene.clock.instant()));
        }

        private void note() {
            for (var key = 0; key < KEYS; key++) {
                var user = WatchScene.user(FakeAccount.key(key).id());
                assertThat(shown(key)).isGreaterThanOrEqualTo(known[key]);
                assertThat(scene.woken.contains(user)).isEqualTo(shown(key) > known[key]);
                known[key] = shown(key);
            }
            scene.woken.clear();
        }
    }

    @Property(tries = 25)
    void callsOfAnyHour_stayWithinTheBudgetAndWhatTheRefreshIntervalsAsk(
            @ForAll VersionWatchMode mode,
            @ForAll @IntRange(min = 1, max = 300) int keys,
            @ForAll @IntRange(max = 500) int maxCallsPerHour,
            @ForAll @IntRange(min = 60, max = 7200) int refreshSeconds,
            @ForAll @IntRange(min = 1, max = 100) int pageSize,
            @ForAll long seed) {
        var account = new FakeAccount().withSecrets(200).withPageSize(pageSize);
        var scene =
                new WatchScene(account, seed)
                        .mode(mode)
                        .interval(Duration.ofSeconds(10))
                        .maxCallsPerHour(maxCallsPerHour)
                        .refresh(Duration.ofSeconds(refreshSeconds))
                        .useAll(keys)
                        .settled();
        var times = new ArrayList<Instant>();
        account.duringAll(() -> times.add(scene.clock.instant()));

        for (var minute = 0; minute < 180; minute++) {
            account.rotate(FakeAccount.key(minute).id(), "w" + minute);
            scene.pass(Duration.ofMinutes(1));
        }

        var asksPerKey = (int) Math.ceil(3600 / (refreshSeconds * 0.9)) + 1;
        assertThat(mostInAnHour(times)).isLessThanOrEqualTo(maxCallsPerHour + keys * asksPerKey);
    }

    private static int mostInAnHour(List<Instant> times) {
        var most = 0;
        var from = 0;
        for (var to = 0; to < times.size(); to++) {
            while (!times.get(from).plus(Duration.ofHours(1)).isAfter(times.get(to))) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }
}
