package dev.lockstep.watch;

import dev.lockstep.source.Identity;
import dev.lockstep.source.SecretSource;
import dev.lockstep.watch.ReadFlights.Flight;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Gathers reads of different callers into batches, where the identity may make batches. */
final class ReadBatches {
    private static final Duration DENIED_RETRY = Duration.ofHours(1);

    /** After a batch others are likely: many sync at once, and only so fast. */
    private static final Duration BUSY_FOR = Duration.ofSeconds(1);

    private static final int BUSY_LINGERS = 20;

    /** Waits for others as many times a moment as it is told, or until the batch is full. */
    @FunctionalInterface
    interface Linger {
        void await(CountDownLatch full, int moments) throws InterruptedException;
    }

    /** One read in a batch. */
    record Seat(ReadRequest request, Flight flight) {}

    /** Reads that travel together; whoever opened it makes the call. */
    record Batch(SecretSource source, List<Seat> seats, CountDownLatch full) {}

    private final InstantSource clock;
    private final Linger linger;
    private final Map<Identity, Batch> open = new HashMap<>();
    private final Map<Identity, Instant> deniedUntil = new ConcurrentHashMap<>();
    private volatile Instant busyUntil = Instant.MIN;

    ReadBatches(InstantSource clock, Linger linger) {
        this.clock = clock;
        this.linger = linger;
    }

    boolean allowed(Identity identity) {
        var until = deniedUntil.get(identity);
        if (until == null) {
            return true;
        }
        return !clock.instant().isBefore(until) && deniedUntil.remove(identity, until);
    }

    void deny(Identity identity) {
        var now = clock.instant();
        // Identities go without a word, as when their keys are rotated.
        deniedUntil.values().removeIf(until -> !now.isBefore(until));
        deniedUntil.put(identity, now.plus(DENIED_RETRY));
    }

    void allow(Identity identity) {
        deniedUntil.remove(identity);
    }

    /**
     * Takes a seat in the open batch of the identity.
     *
     * @return the batch, when the caller opened it and so has to {@link #close} it and make the
     *     call
     */
    synchronized Optional<Batch> join(SecretSource source, ReadRequest request, Flight flight) {
        var identity = source.identity();
        var batch = open.get(identity);
        var opened = batch == null;
        if (opened) {
            batch = new Batch(source, new ArrayList<>(), new CountDownLatch(1));
            open.put(identity, batch);
        }
        batch.seats().add(new Seat(request, flight));
        if (batch.seats().size() == source.batchSize()) {
            open.remove(identity);
            batch.full().countDown();
        }
        return opened ? Optional.of(batch) : Optional.empty();
    }

    /** Waits for others to join, then lets none join any more. */
    List<Seat> close(Batch batch) {
        try {
            linger.await(batch.full(), clock.instant().isBefore(busyUntil) ? BUSY_LINGERS : 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (open.get(batch.source().identity()) == batch) {
                open.remove(batch.source().identity());
            }
            if (batch.seats().size() > 1) {
                busyUntil = clock.instant().plus(BUSY_FOR);
            }
            return List.copyOf(batch.seats());
        }
    }
}
