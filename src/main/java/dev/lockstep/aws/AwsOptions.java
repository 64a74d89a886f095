package dev.lockstep.aws;

import java.time.Duration;

/**
 * What the operator's own configuration says about AWS; nothing here comes from a tenant.
 *
 * @param clusterName the first part of every role session name, which tells CloudTrail who asked
 * @param attemptTimeout of one HTTP request
 * @param callTimeout of a call with the SDK's retries; longer where a store's own {@code
 *     retrySettings} wait longer
 * @param identityIdle after this long without use an identity's credentials are dropped
 */
public record AwsOptions(
        String clusterName, Duration attemptTimeout, Duration callTimeout, Duration identityIdle) {

    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration CALL = Duration.ofSeconds(30);

    /** Longer than the default refresh interval, so that an hourly refresh keeps its session. */
    private static final Duration IDLE = Duration.ofHours(2);

    public AwsOptions(String clusterName) {
        this(clusterName, ATTEMPT, CALL, IDLE);
    }
}
