package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Describes some keys, a few at a time. Stops where more calls would only make it worse. */
final class DescribeRound {
    static final int PARALLEL = 8;

    /** Told of each answer, from several threads. */
    interface Listener {
        void described(RemoteKey key, RemoteSecret secret, Instant askedAt);

        void failed(RemoteKey key, SourceException cause, Instant askedAt);
    }

    private final SecretSource source;
    private final Predicate<RemoteKey> tagged;
    private final InstantSource clock;
    private final Listener listener;
    private final Queue<RemoteKey> left;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicBoolean throttled = new AtomicBoolean();
    private final AtomicReference<@Nullable SourceException> refused = new AtomicReference<>();

    /**
     * @param tagged of which keys the tags are asked for too
     */
    DescribeRound(
            SecretSource source,
            Predicate<RemoteKey> tagged,
            Collection<RemoteKey> keys,
            InstantSource clock,
            Listener listener) {
        this.source = source;
        this.tagged = tagged;
        this.clock = clock;
        this.listener = listener;
        this.left = new ConcurrentLinkedQueue<>(keys);
    }

    /** Returns when all are done; the calling thread takes part. */
    void run(Executor others) {
        var running = new ArrayList<CompletableFuture<Void>>();
        for (var i = 1; i < Math.min(PARALLEL, left.size()); i++) {
            try {
                running.add(CompletableFuture.runAsync(this::work, others));
            } catch (RejectedExecutionException busy) {
                break;
            }
        }
        work();
        running.forEach(CompletableFuture::join);
    }

    /** Whether the provider answered anything, be it a refusal of one key. */
    boolean anyAnswered() {
        return answered.get() > 0;
    }

    boolean throttled() {
        return throttled.get();
    }

    /** The failure that every further call would meet alike, or null. */
    @Nullable SourceException refused() {
        return refused.get();
    }

    private void work() {
        while (!throttled.get() && refused.get() == null) {
            var key = left.poll();
            if (key == null) {
                return;
            }
            var askedAt = clock.instant();
            try {
                var secret = tagged.test(key) ? source.describeTagged(key) : source.describe(key);
                answered.incrementAndGet();
                listener.described(key, secret, askedAt);
            } catch (SourceException e) {
                note(e);
                listener.failed(key, e, askedAt);
            }
        }
    }

    private void note(SourceException cause) {
        if (IndexEntry.refusesIdentity(cause.failure())) {
            refused.set(cause);
        } else if (cause.failure() instanceof SourceFailure.Throttled) {
            throttled.set(true);
        } else if (!cause.failure().passing()) {
            answered.incrementAndGet();
        }
    }
}
