package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.value.Meter;
import java.security.SecureRandom;
import java.time.Instant;

/** One run of a template: what its functions may know of the world, and what it has used up. */
public final class Run implements Meter {
    /** Reading a stopwatch costs more than a step. */
    private static final int STEPS_BETWEEN_LOOKS_AT_THE_TIME = 256;

    private final ExecutionContext context;
    private final long deadline;
    private long steps;
    private long bytes;
    private int depth;
    private long stepsAtNextLook = STEPS_BETWEEN_LOOKS_AT_THE_TIME;

    Run(ExecutionContext context) {
        this.context = context;
        this.deadline = context.nanoTime().getAsLong() + context.limits().time().toNanos();
    }

    public Instant now() {
        return context.now();
    }

    public SecureRandom random() {
        return context.random();
    }

    @Override
    public void work(long more) {
        steps += more;
        if (steps < 0 || steps > context.limits().steps()) {
            throw new LimitExceededException(
                    "it takes more than %,d steps".formatted(context.limits().steps()));
        }
        if (steps >= stepsAtNextLook) {
            stepsAtNextLook = steps + STEPS_BETWEEN_LOOKS_AT_THE_TIME;
            lookAtTheTime();
        }
    }

    /** Fails when the run has taken too long. To be called within work that takes milliseconds. */
    public void lookAtTheTime() {
        if (context.nanoTime().getAsLong() - deadline > 0) {
            throw new LimitExceededException(
                    "it takes longer than %d ms".formatted(context.limits().time().toMillis()));
        }
    }

    @Override
    public void allocate(long more) {
        bytes += Math.max(more, 0);
        if (bytes < 0 || bytes > context.limits().bytes()) {
            throw new LimitExceededException(
                    "it makes more than %,d bytes".formatted(context.limits().bytes()));
        }
    }

    @Override
    public void enter() {
        if (++depth > context.limits().depth()) {
            throw new LimitExceededException(
                    "it nests deeper than %,d levels".formatted(context.limits().depth()));
        }
    }

    @Override
    public void leave() {
        depth--;
    }
}
