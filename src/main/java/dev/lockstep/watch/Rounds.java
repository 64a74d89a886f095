package dev.lockstep.watch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Calls one task again and again, at the times that it names itself or when something comes up
 * before. The task never overlaps with itself and blocks only its own thread.
 */
final class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final Duration ALL_THREADS_BUSY = Duration.ofMillis(200);
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);

    private final Supplier<Duration> task;
    private final ScheduledExecutorService timer;
    private final Executor threads;
    private @Nullable Future<?> next;
    private @Nullable Long nextAt;
    private boolean running;
    private boolean stopped;

    /**
     * @param task returns when to call it next
     * @param timer only hands over to {@code threads}, which refuse when all are busy
     */
    Rounds(Supplier<Duration> task, ScheduledExecutorService timer, Executor threads) {
        this.task = task;
        this.timer = timer;
        this.threads = threads;
    }

    /** Has the task called after {@code delay} at the latest. */
    synchronized void within(Duration delay) {
        var at = System.nanoTime() + delay.toNanos();
        if (stopped || nextAt != null && nextAt - at <= 0) {
            return;
        }
        nextAt = at;
        if (!running) {
            arm(at);
        }
    }

    /** The task is not called again; a call that is running ends by itself. */
    synchronized void stop() {
        stopped = true;
        disarm();
    }

    private void arm(long at) {
        disarm();
        var delay = Math.max(0, at - System.nanoTime());
        next = timer.schedule(this::handOver, delay, TimeUnit.NANOSECONDS);
    }

    private void disarm() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }

    private synchronized void handOver() {
        if (stopped || running) {
            return;
        }
        running = true;
        nextAt = null;
        try {
            threads.execute(this::run);
        } catch (RejectedExecutionException busy) {
            running = false;
            within(ALL_THREADS_BUSY);
        }
    }

    private void run() {
        var wait = AFTER_A_BUG;
        try {
            wait = task.get();
        } catch (RuntimeException e) {
            LOG.error("watching versions failed unexpectedly, and goes on in a minute", e);
        } finally {
            ended(wait);
        }
    }

    private synchronized void ended(Duration wait) {
        running = false;
        within(wait);
        if (!stopped && nextAt != null) {
            arm(nextAt);
        }
    }
}
