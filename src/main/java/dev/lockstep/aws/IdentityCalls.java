package dev.lockstep.aws;

import dev.lockstep.source.Identity;
import dev.lockstep.source.SourceException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;

/** Makes the calls of one identity: as itself, under its limits and its circuit breaker. */
final class IdentityCalls {

    /** How often a throttled call is made where the store does not count attempts itself. */
    private static final int PATIENT_TRIES = 4;

    private final Claim claim;
    private final CredentialChain credentials;
    private final AwsRequestOverrideConfiguration asThisIdentity;
    private final Calls calls;
    private final Duration slowCall;
    private final CircuitBreaker breaker;
    private final ServiceErrors errors;
    private final Map<String, ThrottleLimit> limits = new ConcurrentHashMap<>();

    /**
     * @param slowCall a call this slow counts as a sign of too many at once
     * @param breaker shared by all that is done as this identity
     * @param errors of the identity's service
     */
    IdentityCalls(
            Claim claim,
            CredentialChain credentials,
            Calls calls,
            Duration slowCall,
            CircuitBreaker breaker,
            ServiceErrors errors) {
        this.claim = claim;
        this.credentials = credentials;
        this.asThisIdentity =
                AwsRequestOverrideConfiguration.builder()
                        .credentialsProvider(credentials.last())
                        .build();
        this.calls = calls;
        this.slowCall = slowCall;
        this.breaker = breaker;
        this.errors = errors;
    }

    Identity identity() {
        return claim.identity();
    }

    /** What makes a request this identity's. */
    AwsRequestOverrideConfiguration asThisIdentity() {
        return asThisIdentity;
    }

    /** Obtains the credentials once, or tells why that cannot be. */
    void prove() throws SourceException {
        breaker.run(AwsSecretSources.PROOF, this::resolved);
    }

    private AwsCredentials resolved() throws SourceException {
        try {
            return credentials.last().resolveCredentials();
        } catch (RuntimeException e) {
            throw errors.translate(e, Asked.forAll(AwsSecretSources.PROOF));
        }
    }

    <T> T call(Asked asked, Calls.Call<T> call) throws SourceException {
        return limits.computeIfAbsent(asked.operation(), this::limit)
                .run(() -> breaker.run(asked.toString(), () -> made(asked, call)));
    }

    private <T> T made(Asked asked, Calls.Call<T> call) throws SourceException {
        var service = claim.identity().service().name();
        return calls.run(service, asked.operation(), call, e -> errors.translate(e, asked));
    }

    /** One per operation, since AWS counts them apart. */
    private ThrottleLimit limit(String operation) {
        return new ThrottleLimit(
                operation, claim.retries().isStandard() ? PATIENT_TRIES : 1, slowCall);
    }

    /** For what else is asked as this identity. */
    Claim claim() {
        return claim;
    }

    /** For what else is asked as this identity. */
    AwsCredentialsProvider credentials() {
        return credentials.last();
    }

    /** For what else is asked as this identity. */
    CircuitBreaker breaker() {
        return breaker;
    }

    /** Ends the identity's sessions on this side. */
    void close() {
        credentials.close();
    }
}
