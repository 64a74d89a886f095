package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.Throttled;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ThrottleLimitTest {
    private static final SourceFailure NOT_FOUND = new SourceFailure.NotFound("a", "eu-west-1");

    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void throttledCall_isMadeAgainUntilItIsAnswered() throws SourceException {
        var answer = limit(4).run(() -> throttledUntil(4));

        assertThat(answer).isEqualTo("answered");
        assertThat(calls).hasValue(4);
    }

    @Test
    void callThrottledEveryTime_isThrottled() {
        var failure =
                catchThrowableOfType(
                        SourceException.class, () -> limit(3).run(() -> throttledUntil(9)));

        assertThat(failure.failure()).isEqualTo(new Throttled("ListSecrets"));
        assertThat(calls).hasValue(3);
    }

    @Test
    void storeThatCountsItsAttemptsItself_getsOneTry() {
        catchThrowableOfType(SourceException.class, () -> limit(1).run(() -> throttledUntil(9)));

        assertThat(calls).hasValue(1);
    }

    @Test
    void otherFailures_areNotTriedAgain() {
        var failure =
                catchThrowableOfType(
                        SourceException.class,
                        () ->
                                limit(4).run(
                                                () -> {
                                                    calls.incrementAndGet();
                                                    throw new SourceException(NOT_FOUND);
                                                }));

        assertThat(failure.failure()).isEqualTo(NOT_FOUND);
        assertThat(calls).hasValue(1);
    }

    @Test
    void interruptedPause_endsThrottled_andTheThreadKnows() {
        Thread.currentThread().interrupt();

        var failure =
                catchThrowableOfType(
                        SourceException.class, () -> limit(4).run(() -> throttledUntil(9)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.failure()).isEqualTo(new Throttled("ListSecrets"));
        assertThat(calls).hasValue(1);
    }

    @Test
    void afterThrottling_callsWaitForEachOther() throws Exception {
        var limit = limit(1);
        for (var i = 0; i < 5; i++) {
            catchThrowableOfType(SourceException.class, () -> limit.run(() -> throttledUntil(9)));
        }
        var started = new Semaphore(0);
        var goOn = new CountDownLatch(1);
        Callable<String> call =
                () ->
                        limit.run(
                                () -> {
                                    started.release();
                                    awaitUninterruptibly(goOn);
                                    return "answered";
                                });
        var first = new FutureTask<>(call);
        var second = new FutureTask<>(call);

        new Thread(first).start();
        started.acquire();
        var waiting = new Thread(second);
        waiting.start();

        // In a call it would wait for the latch, without a timeout.
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        assertThat(started.availablePermits()).isZero();
        goOn.countDown();
        assertThat(first.get()).isEqualTo("answered");
        assertThat(second.get()).isEqualTo("answered");
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ThrottleLimit limit(int tries) {
        return new ThrottleLimit(
                "ListSecrets", tries, Duration.ofSeconds(10), Duration.ofMillis(1));
    }

    private String throttledUntil(int call) throws SourceException {
        if (calls.incrementAndGet() < call) {
            throw new SourceException(new Throttled("ListSecrets"));
        }
        return "answered";
    }
}
