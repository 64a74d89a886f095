package dev.lockstep.watch;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;

/** Reads under way, of which there is one for all who want the same, and answers just given. */
final class ReadFlights {
    /** How long an answer is shared after its read; failures are not, beyond the flight. */
    static final Duration SHARED_FOR = Duration.ofSeconds(2);

    private final Map<Wanted, Flight> flights = new ConcurrentHashMap<>();
    private final Cache<Wanted, RemoteValue> answers;
    private final Executor afterSharing;

    /**
     * @param afterSharing runs what it is given {@link #SHARED_FOR} later; the cache's own
     *     scheduler may be a second late, and then values would be kept that long
     */
    ReadFlights(Ticker ticker, Executor afterSharing) {
        this.afterSharing = afterSharing;
        this.answers =
                Caffeine.newBuilder()
                        .expireAfterWrite(SHARED_FOR)
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .build();
    }

    /** How many answers are in memory. */
    long kept() {
        return answers.estimatedSize();
    }

    /**
     * What a read is for; equal wants share it.
     *
     * @param secret ARN where the index shows it, else the key
     * @param together whether it may travel in a batch: such a read of AWSCURRENT may be answered
     *     by the version that the index shows, or by a newer one
     */
    record Wanted(Identity identity, String secret, RequestedVersion version, boolean together) {}

    /** One claim on a read: of who makes it, or of who waits for it. */
    record Flight(
            Wanted wanted,
            CompletableFuture<Optional<SourceResult<RemoteValue>>> outcome,
            boolean isMine) {

        /** The outcome; empty when who made the read gave up, so that others may read. */
        Optional<SourceResult<RemoteValue>> await() {
            try {
                return outcome.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.of(interrupted());
            } catch (ExecutionException e) {
                throw new AssertionError("flights land or are given up", e);
            }
        }
    }

    /** What an interrupted thread is told. */
    static SourceResult<RemoteValue> interrupted() {
        var failure = new SourceFailure.Unreachable("GetSecretValue", "interrupted");
        return new SourceResult.Failed<>(new SourceException(failure));
    }

    /** An answer not older than {@link #SHARED_FOR}. */
    Optional<RemoteValue> shared(Wanted wanted) {
        return Optional.ofNullable(answers.getIfPresent(wanted));
    }

    /**
     * Joins the read under way, or one that has just landed; or claims it, and then it has to land
     * or be given up.
     */
    Flight claim(Wanted wanted) {
        var mine = new Flight(wanted, new CompletableFuture<>(), true);
        var theirs = flights.putIfAbsent(wanted, mine);
        if (theirs == null) {
            var shared = shared(wanted);
            if (shared.isEmpty()) {
                return mine;
            }
            end(mine, Optional.of(new SourceResult.Found<>(shared.get())));
            theirs = mine;
        }
        return new Flight(wanted, theirs.outcome(), false);
    }

    /**
     * Gives the result to all who wait. A failure of an interrupted thread may be its own trouble
     * alone, so it is not theirs.
     */
    void land(Flight flight, SourceResult<RemoteValue> result) {
        if (result instanceof SourceResult.Found<RemoteValue> found) {
            var value = found.value();
            var id = RequestedVersion.id(value.version().versionId());
            answers.put(flight.wanted(), value);
            answers.put(
                    new Wanted(flight.wanted().identity(), value.version().arn(), id, false),
                    value);
            afterSharing.execute(answers::cleanUp);
        } else if (Thread.currentThread().isInterrupted()) {
            giveUp(flight);
            return;
        }
        end(flight, Optional.of(result));
    }

    /** Lets others read for themselves; nothing happens to a flight that has landed. */
    void giveUp(Flight flight) {
        end(flight, Optional.empty());
    }

    private void end(Flight flight, Optional<SourceResult<RemoteValue>> outcome) {
        flights.remove(flight.wanted(), flight);
        flight.outcome().complete(outcome);
    }
}
