package dev.lockstep.aws;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an account that does not answer from holding every worker: once a call has waited in vain,
 * others fail at once for as long as that one took, and then one of them tries again.
 *
 * <p>Failures that come quickly hold nobody and may be about one key alone, so they open nothing.
 */
final class CircuitBreaker {
    private final Duration slow;
    private final Clock clock;
    private Instant answeredAt = Instant.MIN;
    private @Nullable Silence silence;

    /**
     * @param took of the call that waited in vain
     * @param until when one may try again
     */
    private record Silence(String detail, Duration took, Instant until) {}

    /**
     * @param slow a failure that took at least this long opens the circuit
     */
    CircuitBreaker(Duration slow, Clock clock) {
        this.slow = slow;
        this.clock = clock;
    }

    /**
     * @param what the call, as a message names it
     * @throws SourceException of the call; Unreachable without a call while the circuit is open
     */
    <T> T run(String what, Calls.Call<T> call) throws SourceException {
        tryOrRefuse(what);
        var began = clock.instant();
        try {
            var answer = call.answer();
            answered();
            return answer;
        } catch (SourceException e) {
            if (e.failure() instanceof Unreachable failure) {
                failed(failure, began);
            } else {
                answered();
            }
            throw e;
        }
    }

    /**
     * For who would wait for another's call.
     *
     * @throws SourceException Unreachable while the circuit is open
     */
    synchronized void refuseWhileOpen(String what) throws SourceException {
        if (silence != null && clock.instant().isBefore(silence.until())) {
            throw new SourceException(new Unreachable(what, silence.detail()));
        }
    }

    private synchronized void tryOrRefuse(String what) throws SourceException {
        refuseWhileOpen(what);
        if (silence != null) {
            // The others go on failing while this one tries.
            open(silence.detail(), silence.took());
        }
    }

    private synchronized void answered() {
        answeredAt = clock.instant();
        silence = null;
    }

    private synchronized void failed(Unreachable failure, Instant began) {
        var took = Duration.between(began, clock.instant());
        var othersAnswered = answeredAt.isAfter(began);
        var interrupted = Thread.currentThread().isInterrupted();
        if (took.compareTo(slow) >= 0 && !othersAnswered && !interrupted) {
            open(failure.detail(), took);
        }
    }

    private void open(String detail, Duration took) {
        silence = new Silence(detail, took, clock.instant().plus(took));
    }
}
