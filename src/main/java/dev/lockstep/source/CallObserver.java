package dev.lockstep.source;

import java.time.Duration;

/** Told of every call to a provider; {@code observe} counts them. Never told a key or a value. */
@FunctionalInterface
public interface CallObserver {

    /** The outcome of a call that was answered as asked. */
    String SUCCESS = "Success";

    /**
     * @param service such as {@code SecretsManager} or {@code STS}
     * @param operation such as {@code ListSecrets}
     * @param outcome {@value #SUCCESS} or the {@link SourceFailure#reason}
     * @param took including the provider client's own retries
     */
    void called(String service, String operation, String outcome, Duration took);
}
