package dev.lockstep.cluster;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs what was scheduled when the test says so, however long the delay; remembers the delays. */
final class ManualExecutor extends ScheduledThreadPoolExecutor {
    private final Queue<Runnable> scheduled = new ArrayDeque<>();
    private final List<Duration> delays = new ArrayList<>();

    ManualExecutor() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        if (isShutdown()) {
            throw new RejectedExecutionException("shut down");
        }
        scheduled.add(task);
        delays.add(Duration.of(delay, unit.toChronoUnit()));
        return new Handed(task);
    }

    void runAll() {
        for (var task = scheduled.poll(); task != null; task = scheduled.poll()) {
            task.run();
        }
    }

    List<Duration> delays() {
        return List.copyOf(delays);
    }

    private static final class Handed extends FutureTask<Void> implements ScheduledFuture<Void> {
        Handed(Runnable task) {
            super(task, null);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
