package dev.lockstep.aws;

import dev.lockstep.source.Identity;
import dev.lockstep.source.ListPage;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceResult;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;

/** Secrets Manager as one proven identity sees it. */
final class AwsSecretSource implements SecretSource {
    private static final String SERVICE = "SecretsManager";
    private static final int PAGE_SIZE = 100;

    /** How often a throttled call is made where the store does not count attempts itself. */
    private static final int PATIENT_TRIES = 4;

    private final Claim claim;
    private final CredentialChain credentials;
    private final AwsRequestOverrideConfiguration asThisIdentity;
    private final Supplier<SecretsManagerClient> client;
    private final Calls calls;
    private final Duration slowCall;
    private final CircuitBreaker breaker;
    private final SecretsManagerErrors errors;
    private final Map<String, ThrottleLimit> limits = new ConcurrentHashMap<>();

    /**
     * @param client asked for at each call, since idle clients are closed
     * @param slowCall a call this slow counts as a sign of too many at once
     * @param breaker shared by all that is done as this identity
     */
    AwsSecretSource(
            Claim claim,
            CredentialChain credentials,
            Supplier<SecretsManagerClient> client,
            Calls calls,
            Duration slowCall,
            CircuitBreaker breaker) {
        this.claim = claim;
        this.credentials = credentials;
        this.asThisIdentity =
                AwsRequestOverrideConfiguration.builder()
                        .credentialsProvider(credentials.last())
                        .build();
        this.client = client;
        this.calls = calls;
        this.slowCall = slowCall;
        this.breaker = breaker;
        this.errors =
                new SecretsManagerErrors(claim.identity().region(), claim.credentials().subject());
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

    @Override
    public Identity identity() {
        return claim.identity();
    }

    @Override
    public ListPage list(Optional<String> nextToken) throws SourceException {
        return page(List.of(), nextToken);
    }

    @Override
    public boolean listShowsTags() {
        return true;
    }

    @Override
    public ListPage find(Selector selector, Optional<String> nextToken) throws SourceException {
        var page = page(ListFilters.of(selector), nextToken);
        var matching = page.secrets().stream().filter(s -> matches(selector, s)).toList();
        return new ListPage(matching, page.nextToken());
    }

    private ListPage page(List<Filter> filters, Optional<String> nextToken) throws SourceException {
        var asked = Asked.forAll("ListSecrets");
        var request =
                ListSecretsRequest.builder()
                        .overrideConfiguration(asThisIdentity)
                        .includePlannedDeletion(true)
                        .maxResults(PAGE_SIZE)
                        .nextToken(nextToken.orElse(null));
        if (!filters.isEmpty()) {
            request.filters(filters);
        }
        return call(asked, () -> Answers.page(client.get().listSecrets(request.build()), asked));
    }

    @Override
    public RemoteSecret describe(RemoteKey key) throws SourceException {
        KeyNames.checkRegion(key, claim.identity().region());
        var asked = Asked.forSecret("DescribeSecret", key.id());
        var request =
                DescribeSecretRequest.builder()
                        .overrideConfiguration(asThisIdentity)
                        .secretId(key.id())
                        .build();
        return call(asked, () -> Answers.secret(client.get().describeSecret(request), asked));
    }

    /** DescribeSecret tells the tags anyhow. */
    @Override
    public RemoteSecret describeTagged(RemoteKey key) throws SourceException {
        return describe(key);
    }

    @Override
    public RemoteValue read(RemoteKey key, RequestedVersion version) throws SourceException {
        if (version.isTags()) {
            var secret = describe(key);
            return Objects.requireNonNull(secret.tags()).valueOf(secret.arn());
        }
        KeyNames.checkRegion(key, claim.identity().region());
        var asked = new Asked("GetSecretValue", key.id(), version);
        var request =
                GetSecretValueRequest.builder()
                        .overrideConfiguration(asThisIdentity)
                        .secretId(key.id());
        if (version.byId()) {
            request.versionId(version.name());
        } else {
            request.versionStage(version.name());
        }
        return call(
                asked, () -> Answers.value(client.get().getSecretValue(request.build()), asked));
    }

    @Override
    public Map<RemoteKey, SourceResult<RemoteValue>> readCurrent(Collection<RemoteKey> keys)
            throws SourceException {
        var read = new BatchRead(errors);
        var asked = read.askable(keys);
        var next = Optional.<String>empty();
        // Each page but a broken proxy's brings something, so there are never more than keys.
        for (var pages = 0; pages < asked.size() && (pages == 0 || next.isPresent()); pages++) {
            next = readPage(read, asked, next);
        }
        return read.results(asked);
    }

    private Optional<String> readPage(
            BatchRead read, List<RemoteKey> keys, Optional<String> nextToken)
            throws SourceException {
        var asked = Asked.forAll("BatchGetSecretValue");
        var request =
                BatchGetSecretValueRequest.builder()
                        .overrideConfiguration(asThisIdentity)
                        .secretIdList(keys.stream().map(RemoteKey::id).toList())
                        .nextToken(nextToken.orElse(null))
                        .build();
        var page =
                call(asked, () -> Answers.batch(client.get().batchGetSecretValue(request), asked));
        read.take(page, keys);
        return Optional.ofNullable(page.nextToken());
    }

    private <T> T call(Asked asked, Calls.Call<T> call) throws SourceException {
        return limits.computeIfAbsent(asked.operation(), this::limit)
                .run(() -> breaker.run(asked.toString(), () -> made(asked, call)));
    }

    private <T> T made(Asked asked, Calls.Call<T> call) throws SourceException {
        return calls.run(SERVICE, asked.operation(), call, e -> errors.translate(e, asked));
    }

    /** One per operation: AWS counts ListSecrets and batches apart from the rest. */
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
