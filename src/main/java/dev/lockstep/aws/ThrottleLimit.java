package dev.lockstep.aws;

import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.AIMDLimit;
import com.netflix.concurrency.limits.limiter.BlockingLimiter;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.Throttled;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How many calls of one operation an identity has under way at once: halved whenever AWS throttles,
 * grown by one with each answer. So throttling slows calls, where without it every worker would run
 * into it and fail.
 */
final class ThrottleLimit {
    private static final int INITIAL = 20;
    private static final int MOST = 50;
    private static final double BACKOFF = 0.5;

    /**
     * Longer waits give up, and are repeated by whoever asked. A call that gets no answer ends
     * before, so that who waits behind it hears of that and not of throttling.
     */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(45);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private final String operation;
    private final int tries;
    private final Duration firstPause;
    private final Limiter<Void> limiter;

    /**
     * @param tries how often a throttled call is made, each time with the SDK's own retries
     */
    ThrottleLimit(String operation, int tries, Duration slowCall) {
        this(operation, tries, slowCall, FIRST_PAUSE);
    }

    ThrottleLimit(String operation, int tries, Duration slowCall, Duration firstPause) {
        this.operation = operation;
        this.tries = tries;
        this.firstPause = firstPause;
        var limit =
                AIMDLimit.newBuilder()
                        .initialLimit(INITIAL)
                        .minLimit(1)
                        .maxLimit(MOST)
                        .backoffRatio(BACKOFF)
                        .timeout(slowCall.toMillis(), TimeUnit.MILLISECONDS)
                        .build();
        this.limiter =
                BlockingLimiter.wrap(
                        SimpleLimiter.newBuilder().limit(limit).<Void>build(), LONGEST_WAIT);
    }

    /**
     * @throws SourceException of the call; Throttled when it still is after all tries, or no turn
     *     came
     */
    <T> T run(Calls.Call<T> call) throws SourceException {
        var pause = firstPause;
        for (var left = tries; left > 1; left--) {
            try {
                return once(call);
            } catch (SourceException e) {
                if (!isThrottled(e) || !slept(pause)) {
                    throw e;
                }
                pause = pause.multipliedBy(2);
            }
        }
        return once(call);
    }

    private <T> T once(Calls.Call<T> call) throws SourceException {
        var turn =
                limiter.acquire(null)
                        .orElseThrow(() -> new SourceException(new Throttled(operation)));
        try {
            var answer = call.answer();
            turn.onSuccess();
            return answer;
        } catch (SourceException e) {
            if (isThrottled(e)) {
                turn.onDropped();
            } else {
                turn.onIgnore();
            }
            throw e;
        } catch (RuntimeException | Error e) {
            turn.onIgnore();
            throw e;
        }
    }

    private static boolean isThrottled(SourceException e) {
        return e.failure() instanceof Throttled;
    }

    /** False when interrupted. */
    private static boolean slept(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
