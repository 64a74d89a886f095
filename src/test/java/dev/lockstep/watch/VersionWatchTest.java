package dev.lockstep.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.VersionWatchMode;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With real threads: who blocks whom, and what happens before the lead and after it. */
class VersionWatchTest implements WatchObserver {
    private static final RemoteKey KEY = FakeAccount.key(0);
    private static final User USER = new User("shop", "db");

    private final List<User> woken = new CopyOnWriteArrayList<>();
    private final List<Boolean> exceeded = new CopyOnWriteArrayList<>();
    private final FakeAccount account = new FakeAccount().withSecrets(1);
    private final VersionWatch watch =
            new VersionWatch(InstantSource.system(), new Random(), woken::add, this);

    @AfterEach
    void stop() {
        watch.stop();
    }

    @Test
    void aUsedKey_isLookedAtAndItsUserWoken() {
        watch.start();

        watch.use(USER, List.of(use(account, 1000)));

        await().untilAsserted(() -> assertThat(woken).containsExactly(USER));
        assertThat(watch.look(account.identity(), KEY)).isInstanceOf(Sighting.Seen.class);
        await().until(() -> watch.report(account.identity()).isPresent());
    }

    @Test
    void aStandby_makesNoCallUntilItLeads() {
        watch.use(USER, List.of(use(account, 1000)));
        assertThat(watch.look(account.identity(), KEY)).isInstanceOf(Sighting.Pending.class);
        assertThat(account.calls).isEmpty();

        watch.start();

        await().untilAsserted(() -> assertThat(woken).containsExactly(USER));
    }

    @Test
    void anIdentityThatHangs_doesNotHoldUpTheOthers() {
        var release = new CountDownLatch(1);
        var hanging = new FakeAccount("hanging").withSecrets(1);
        hanging.during("DescribeSecret", () -> uninterruptibly(release));
        watch.start();
        watch.use(new User("shop", "hangs"), List.of(use(hanging, 1000)));
        await().until(() -> hanging.count("DescribeSecret") == 1);

        watch.use(USER, List.of(use(account, 1000)));

        await().untilAsserted(() -> assertThat(woken).containsExactly(USER));
        release.countDown();
    }

    @Test
    void afterTheLead_nobodyIsWoken() {
        var release = new CountDownLatch(1);
        account.during("DescribeSecret", () -> uninterruptibly(release));
        watch.start();
        watch.use(USER, List.of(use(account, 1000)));
        await().until(() -> account.count("DescribeSecret") == 1);

        watch.stop();
        release.countDown();

        await().until(() -> watch.look(account.identity(), KEY) instanceof Sighting.Seen);
        assertThat(woken).isEmpty();
    }

    @Test
    void lookNow_makesADescribeDueAtOnce() {
        watch.start();
        watch.use(USER, List.of(use(account, 1000)));
        await().until(() -> woken.size() == 1);
        account.rotate(KEY.id(), "v2");

        watch.lookNow(account.identity(), KEY);

        await().until(() -> woken.size() == 2);
    }

    @Test
    void aGetThatSawAMove_wakesTheUsers() {
        watch.start();
        watch.use(USER, List.of(use(account, 1000)));
        await().until(() -> woken.size() == 1);
        var seen = (Sighting.Seen) watch.look(account.identity(), KEY);

        watch.saw(
                account.identity(),
                KEY,
                new ReadListener.Answer(
                        RequestedVersion.CURRENT,
                        new RemoteVersion(seen.secret().arn(), "v2"),
                        InstantSource.system().instant()));

        assertThat(woken).containsExactly(USER, USER);
    }

    @Test
    void anIdentityThatNobodyUses_isForgottenWithItsExcess() {
        watch.start();
        watch.use(USER, List.of(use(account, 0)));
        await().until(() -> exceeded.equals(List.of(true)));

        watch.forget(USER);

        assertThat(watch.report(account.identity())).isEmpty();
        assertThat(watch.look(account.identity(), KEY)).isInstanceOf(Sighting.Pending.class);
        await().until(() -> exceeded.equals(List.of(true, false)));
    }

    @Test
    void aUserThatMovesToAnotherIdentity_leavesTheFirst() {
        var other = new FakeAccount("other").withSecrets(1);
        watch.start();
        watch.use(USER, List.of(use(account, 1000)));
        await().until(() -> watch.report(account.identity()).isPresent());

        watch.use(USER, List.of(use(other, 1000)));

        await().until(() -> watch.look(other.identity(), KEY) instanceof Sighting.Seen);
        assertThat(watch.report(account.identity())).isEmpty();
    }

    private static Use use(FakeAccount source, int maxCallsPerHour) {
        var settings =
                new WatchSettings(VersionWatchMode.Auto, Duration.ofMinutes(1), maxCallsPerHour);
        var versions = Set.of(RequestedVersion.CURRENT);
        return new Use(source, KEY, versions, Duration.ofHours(1), settings);
    }

    private static void uninterruptibly(CountDownLatch latch) {
        var interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void swept(VersionWatchMode mode, Duration took, boolean complete) {
        // not looked at here
    }

    @Override
    public void budgetExceeded(boolean isExceeded) {
        exceeded.add(isExceeded);
    }
}
