package dev.lockstep.watch;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceResult;
import dev.lockstep.watch.ReadFlights.Flight;
import dev.lockstep.watch.ReadFlights.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Reads values once for all who ask at the same time, and many in one call where that is allowed.
 * Reads run on the threads of those who ask. Nothing is kept longer than {@link
 * ReadFlights#SHARED_FOR}.
 */
public final class SharedReads {
    private final InstantSource clock;
    private final ReadListener listener;
    private final ReadFlights flights;
    private final ReadBatches batches;

    /**
     * @param linger how long a read waits for others to travel with; a few milliseconds, and a
     *     multiple while others are likely
     * @param listener told of every answer
     */
    public SharedReads(InstantSource clock, Duration linger, ReadListener listener) {
        this(
                clock,
                (full, moments) ->
                        full.await(linger.multipliedBy(moments).toNanos(), TimeUnit.NANOSECONDS),
                Ticker.systemTicker(),
                listener);
    }

    SharedReads(
            InstantSource clock, ReadBatches.Linger linger, Ticker ticker, ReadListener listener) {
        this.clock = clock;
        this.listener = listener;
        this.flights = new ReadFlights(ticker, afterSharing());
        this.batches = new ReadBatches(clock, linger);
    }

    private static Executor afterSharing() {
        return CompletableFuture.delayedExecutor(
                ReadFlights.SHARED_FOR.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Reads all that is requested, blocking.
     *
     * @return an entry for each request: one failure hides no other. An interrupted thread begins
     *     no further read and gives {@code Unreachable} for what it lacks; it stays interrupted,
     *     and those who waited for its reads make their own.
     */
    public Map<ReadRequest, SourceResult<RemoteValue>> read(
            SecretSource source, Collection<ReadRequest> requests) {
        var results = new LinkedHashMap<ReadRequest, SourceResult<RemoteValue>>();
        var distinct = new LinkedHashSet<>(requests);
        var together = batchable(source.identity(), distinct);
        results.putAll(readTogether(source, together));
        for (var request : distinct) {
            results.computeIfAbsent(request, alone -> readAlone(source, alone));
        }
        return results;
    }

    /** Tries batches again at once, because a store changed. */
    public void retryDenied(Identity identity) {
        batches.allow(identity);
    }

    /** A batch serves AWSCURRENT alone, and versions of one key in one look must not mix. */
    private Set<ReadRequest> batchable(Identity identity, Set<ReadRequest> requests) {
        if (!batches.allowed(identity)) {
            return Set.of();
        }
        var versions = new HashMap<RemoteKey, Integer>();
        requests.forEach(request -> versions.merge(request.key(), 1, Integer::sum));
        var batchable = new LinkedHashSet<>(requests);
        batchable.removeIf(r -> !r.asked().isCurrent() || versions.get(r.key()) > 1);
        return batchable;
    }

    /** Leads what must be led before it waits for anyone, so that no two wait for each other. */
    private Map<ReadRequest, SourceResult<RemoteValue>> readTogether(
            SecretSource source, Set<ReadRequest> requests) {
        var results = new LinkedHashMap<ReadRequest, SourceResult<RemoteValue>>();
        var waited = new LinkedHashMap<ReadRequest, Flight>();
        var joined = new HashSet<ReadRequest>();
        var led = new ArrayList<ReadBatches.Batch>();
        for (var request : requests) {
            var shared = flights.shared(wantedNow(source, request));
            if (shared.isPresent()) {
                results.put(request, new SourceResult.Found<>(shared.get()));
                continue;
            }
            var flight = flights.claim(wantedTogether(source, request));
            waited.put(request, flight);
            if (flight.isMine()) {
                batches.join(source, request, flight).ifPresent(led::add);
            } else {
                joined.add(request);
            }
        }
        led.forEach(this::fly);
        waited.forEach(
                (request, flight) ->
                        flight.await()
                                .filter(r -> !joined.contains(request) || isAsSeen(request, r))
                                .ifPresent(result -> results.put(request, result)));
        return results;
    }

    /** Whether the answer to someone else's call, begun before, is what the index shows. */
    private static boolean isAsSeen(ReadRequest request, SourceResult<RemoteValue> result) {
        return request.seen().isEmpty()
                || result.fold(value -> request.seen().get().equals(value.version()), e -> true);
    }

    private void fly(ReadBatches.Batch batch) {
        var seats = batches.close(batch);
        try {
            if (seats.size() == 1) {
                var lone = seats.get(0);
                flights.land(lone.flight(), readAlone(batch.source(), lone.request()));
            } else if (!Thread.currentThread().isInterrupted()) {
                readBatch(batch.source(), seats);
            }
        } finally {
            seats.forEach(seat -> flights.giveUp(seat.flight()));
        }
    }

    private void readBatch(SecretSource source, Collection<ReadBatches.Seat> seats) {
        var keys = new LinkedHashSet<RemoteKey>();
        seats.forEach(seat -> keys.add(seat.request().key()));
        var askedAt = clock.instant();
        try {
            var answers = source.readCurrent(keys);
            answers.forEach(
                    (key, answer) -> {
                        if (answer instanceof SourceResult.Found<RemoteValue> found) {
                            tell(source, key, RequestedVersion.CURRENT, found.value(), askedAt);
                        }
                    });
            for (var seat : seats) {
                var answer = answers.get(seat.request().key());
                if (answer != null) {
                    flights.land(seat.flight(), answer);
                }
            }
        } catch (SourceException e) {
            if (e.failure() instanceof SourceFailure.AccessDenied) {
                batches.deny(source.identity());
            } else {
                seats.forEach(seat -> flights.land(seat.flight(), new SourceResult.Failed<>(e)));
            }
        }
    }

    /** By the version that the index shows; where that is gone since, by what was asked. */
    private SourceResult<RemoteValue> readAlone(SecretSource source, ReadRequest request) {
        var asked = request.asked();
        var wanted = wantedNow(source, request);
        var result = readAlone(source, request.key(), wanted);
        return wanted.version().equals(asked) || !isVersionNotFound(result)
                ? result
                : readAlone(source, request.key(), wanted(source, request.key().id(), asked));
    }

    private SourceResult<RemoteValue> readAlone(SecretSource source, RemoteKey key, Wanted wanted) {
        while (!Thread.currentThread().isInterrupted()) {
            var flight = flights.claim(wanted);
            if (flight.isMine()) {
                return lead(source, key, flight);
            }
            var result = flight.await();
            if (result.isPresent()) {
                return result.get();
            }
        }
        return ReadFlights.interrupted();
    }

    private SourceResult<RemoteValue> lead(SecretSource source, RemoteKey key, Flight flight) {
        var version = flight.wanted().version();
        try {
            var askedAt = clock.instant();
            SourceResult<RemoteValue> result;
            try {
                var value = source.read(key, version);
                tell(source, key, version, value, askedAt);
                result = new SourceResult.Found<>(value);
            } catch (SourceException e) {
                result = new SourceResult.Failed<>(e);
            }
            flights.land(flight, result);
            return result;
        } finally {
            flights.giveUp(flight);
        }
    }

    private void tell(
            SecretSource source,
            RemoteKey key,
            RequestedVersion version,
            RemoteValue value,
            Instant askedAt) {
        listener.saw(
                source.identity(), key, new ReadListener.Answer(version, value.version(), askedAt));
    }

    private static boolean isVersionNotFound(SourceResult<RemoteValue> result) {
        return result.fold(
                value -> false, e -> e.failure() instanceof SourceFailure.VersionNotFound);
    }

    private static Wanted wantedTogether(SecretSource source, ReadRequest request) {
        var secret = request.seen().map(v -> v.arn()).orElse(request.key().id());
        return new Wanted(source.identity(), secret, request.asked(), true);
    }

    private static Wanted wantedNow(SecretSource source, ReadRequest request) {
        if (request.asked().isTags()) {
            // They cannot be read at a version: whoever saw others than before reads them anew.
            var secret = request.seen().map(v -> v.arn() + " " + v.versionId());
            return wanted(source, secret.orElse(request.key().id()), request.asked());
        }
        return request.seen()
                .map(v -> wanted(source, v.arn(), RequestedVersion.id(v.versionId())))
                .orElseGet(() -> wanted(source, request.key().id(), request.asked()));
    }

    private static Wanted wanted(SecretSource source, String secret, RequestedVersion version) {
        return new Wanted(source.identity(), secret, version, false);
    }
}
