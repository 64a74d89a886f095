package dev.lockstep.config;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Gives back to the node what a burst of syncs needed. The serial collector lets its old generation
 * grow to the largest heap before it collects there for the first time, and only then shrinks it.
 */
@Singleton
public final class TenuredGeneration {
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Less than this is not worth the tenth of a second that a collection takes. */
    private static final long WORTH_IT = 24L << 20;

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        var thread = new Thread(task, "tenured-generation");
                        thread.setDaemon(true);
                        return thread;
                    });

    void start(@Observes StartupEvent started) {
        ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .filter(pool -> pool.getName().equals("Tenured Gen"))
                .forEach(this::watch);
    }

    @PreDestroy
    void stop() {
        executor.shutdownNow();
    }

    private void watch(MemoryPoolMXBean tenured) {
        executor.scheduleWithFixedDelay(
                () -> {
                    var kept = tenured.getCollectionUsage().getUsed();
                    if (isWorthIt(tenured.getUsage().getUsed(), kept)) {
                        System.gc();
                    }
                },
                PAUSE.toMillis(),
                PAUSE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /**
     * @param used bytes now
     * @param kept bytes after the last full collection; zero before the first
     */
    static boolean isWorthIt(long used, long kept) {
        return used - kept > Math.max(WORTH_IT, kept / 4);
    }
}
