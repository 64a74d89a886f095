package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.NotFound;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One account that hangs must not hold the workers that others need. */
class CircuitBreakerTest {
    private static final Duration SLOW = Duration.ofSeconds(10);
    private static final Duration HANGS = Duration.ofSeconds(30);

    private final MutableClock clock = new MutableClock();
    private final CircuitBreaker breaker = new CircuitBreaker(SLOW, clock);
    private int calls;

    @Test
    void afterACallThatHung_othersFailAtOnce_sayingWhatTheyWanted() {
        fails("one", HANGS, new Unreachable("one", "timed out"));

        assertThat(fails("two", Duration.ZERO, new NotFound("two", "eu")))
                .isEqualTo(new Unreachable("two", "timed out"));
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void afterAsLongAsItHung_oneTries_andTheOthersStillFailAtOnce() {
        fails("one", HANGS, new Unreachable("one", "timed out"));
        clock.advance(HANGS);

        var failure =
                catchThrowableOfType(
                        SourceException.class,
                        () ->
                                breaker.run(
                                        "two",
                                        () -> {
                                            breaker.refuseWhileOpen("three");
                                            return "answer";
                                        }));

        assertThat(failure.failure()).isEqualTo(new Unreachable("three", "timed out"));
    }

    @Test
    void anAnswer_letsEverybodyCallAgain() throws SourceException {
        fails("one", HANGS, new Unreachable("one", "timed out"));
        clock.advance(HANGS);

        breaker.run("two", () -> "answer");

        assertThat(breaker.run("three", () -> "another")).isEqualTo("another");
    }

    @Test
    void aRefusal_isAnAnswerToo() {
        fails("one", HANGS, new Unreachable("one", "timed out"));
        clock.advance(HANGS);
        var refused = new NotFound("two", "eu");

        assertThat(fails("two", Duration.ZERO, refused)).isEqualTo(refused);
        assertThat(fails("three", Duration.ZERO, refused)).isEqualTo(refused);
    }

    @Test
    void aFailureThatComesQuickly_isNobodyElses() {
        var broken = new Unreachable("one", "answer without a value");
        fails("one", Duration.ofMillis(20), broken);

        assertThat(fails("two", Duration.ZERO, new NotFound("two", "eu")))
                .isEqualTo(new NotFound("two", "eu"));
    }

    @Test
    void aCallThatHangsWhileOthersAreAnswered_isNobodyElses() throws SourceException {
        catchThrowableOfType(
                SourceException.class,
                () ->
                        breaker.run(
                                "one",
                                () -> {
                                    clock.advance(HANGS);
                                    breaker.run("two", () -> "answer");
                                    throw new SourceException(new Unreachable("one", "timed out"));
                                }));

        assertThat(breaker.run("three", () -> "another")).isEqualTo("another");
    }

    private SourceFailure fails(String what, Duration after, SourceFailure how) {
        var failure =
                catchThrowableOfType(
                        SourceException.class,
                        () ->
                                breaker.run(
                                        what,
                                        () -> {
                                            calls++;
                                            clock.advance(after);
                                            throw new SourceException(how);
                                        }));
        return failure.failure();
    }
}
