package dev.lockstep.aws;

import dev.lockstep.source.CallObserver;
import dev.lockstep.source.SourceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Runs calls to AWS: tells the observer of each, and lets only {@link SourceException} out. */
final class Calls {
    private final CallObserver observer;
    private final Clock clock;

    Calls(CallObserver observer, Clock clock) {
        this.observer = observer;
        this.clock = clock;
    }

    /** One call, with the reading of its answer. */
    @FunctionalInterface
    interface Call<T> {
        T answer() throws SourceException;
    }

    <T> T run(
            String service,
            String operation,
            Call<T> call,
            Function<RuntimeException, SourceException> translate)
            throws SourceException {
        var start = clock.instant();
        T answer;
        try {
            answer = call.answer();
        } catch (CredentialFailure e) {
            // There were no credentials to make this call with, so it never left.
            throw e.failure();
        } catch (SourceException e) {
            throw told(service, operation, start, e);
        } catch (RuntimeException e) {
            throw told(service, operation, start, translate.apply(e));
        }
        observer.called(service, operation, CallObserver.SUCCESS, since(start));
        return answer;
    }

    private SourceException told(
            String service, String operation, Instant start, SourceException e) {
        observer.called(service, operation, e.failure().reason(), since(start));
        return e;
    }

    private Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }
}
