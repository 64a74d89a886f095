package dev.lockstep.aws;

import dev.lockstep.api.GoDuration;
import dev.lockstep.api.SecretStoreSpec.RetrySettings;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * How often a call is tried, and how long between.
 *
 * @param attempts the first one included, as ESO counts {@code maxRetries}; empty leaves it to the
 *     SDK's standard
 * @param interval fixed delay between attempts; empty leaves it to the SDK's exponential back-off
 */
record Retries(Optional<Integer> attempts, Optional<Duration> interval) {
    static final Retries STANDARD = new Retries(Optional.empty(), Optional.empty());

    /** ESO's default once {@code retrySettings} is there at all. */
    private static final int ATTEMPTS_WITH_SETTINGS = 3;

    /**
     * What {@code maxRetries: 0} ("until the quota is used up") comes to: the SDK's retry quota of
     * 500 pays for 100 retries.
     */
    private static final int UNTIL_QUOTA = 101;

    /** A tenant's retries must not hold a worker for longer than this. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    static Retries of(@Nullable RetrySettings settings) {
        if (settings == null) {
            return STANDARD;
        }
        var max = settings.maxRetries() == null ? ATTEMPTS_WITH_SETTINGS : settings.maxRetries();
        return new Retries(
                Optional.of(max == 0 ? UNTIL_QUOTA : max),
                Optional.ofNullable(settings.retryInterval())
                        .filter(text -> !text.isEmpty())
                        .flatMap(GoDuration::parse));
    }

    /** What is wrong with the settings; empty when nothing is. */
    static Optional<String> problem(@Nullable RetrySettings settings) {
        if (settings == null) {
            return Optional.empty();
        }
        if (settings.maxRetries() != null && settings.maxRetries() < 0) {
            return Optional.of("retrySettings.maxRetries must not be negative");
        }
        var interval = settings.retryInterval();
        var wrong =
                interval != null
                        && !interval.isEmpty()
                        && GoDuration.parse(interval).filter(d -> !d.isNegative()).isEmpty();
        return wrong
                ? Optional.of(
                        "retrySettings.retryInterval '%s' must be a duration such as 2s"
                                .formatted(interval))
                : Optional.empty();
    }

    /** True when nobody set anything, so that Lockstep may be patient with throttling. */
    boolean isStandard() {
        return equals(STANDARD);
    }

    RetryStrategy strategy() {
        var strategy = AwsRetryStrategy.standardRetryStrategy().toBuilder();
        attempts.ifPresent(strategy::maxAttempts);
        interval.map(BackoffStrategy::fixedDelayWithoutJitter)
                .ifPresent(
                        fixed -> strategy.backoffStrategy(fixed).throttlingBackoffStrategy(fixed));
        return strategy.build();
    }

    /** The time that the delays asked for need, on top of the calls themselves. */
    Duration waiting() {
        var retries = attempts.orElse(1) - 1L;
        var wait = interval.orElse(Duration.ZERO);
        // Compared by division first: a tenant's interval times a hundred may overflow.
        return retries > 0 && wait.compareTo(LONGEST_WAIT.dividedBy(retries)) > 0
                ? LONGEST_WAIT
                : wait.multipliedBy(retries);
    }
}
