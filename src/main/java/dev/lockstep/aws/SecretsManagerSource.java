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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretRequest;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;

/** Secrets Manager as one proven identity sees it. */
final class SecretsManagerSource implements SecretSource {
    private static final int PAGE_SIZE = 100;
    private static final int BATCH_SIZE = 20;

    private final IdentityCalls calls;
    private final Supplier<SecretsManagerClient> client;
    private final SecretsManagerErrors errors;

    /**
     * @param client asked for at each call, since idle clients are closed
     * @param errors of these calls
     */
    SecretsManagerSource(
            IdentityCalls calls,
            Supplier<SecretsManagerClient> client,
            SecretsManagerErrors errors) {
        this.calls = calls;
        this.client = client;
        this.errors = errors;
    }

    @Override
    public Identity identity() {
        return calls.identity();
    }

    @Override
    public int batchSize() {
        return BATCH_SIZE;
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
                        .overrideConfiguration(calls.asThisIdentity())
                        .includePlannedDeletion(true)
                        .maxResults(PAGE_SIZE)
                        .nextToken(nextToken.orElse(null));
        if (!filters.isEmpty()) {
            request.filters(filters);
        }
        return calls.call(
                asked, () -> Answers.page(client.get().listSecrets(request.build()), asked));
    }

    @Override
    public RemoteSecret describe(RemoteKey key) throws SourceException {
        KeyNames.checkRegion(key, errors.region());
        var asked = Asked.forSecret("DescribeSecret", key.id());
        var request =
                DescribeSecretRequest.builder()
                        .overrideConfiguration(calls.asThisIdentity())
                        .secretId(key.id())
                        .build();
        return calls.call(asked, () -> Answers.secret(client.get().describeSecret(request), asked));
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
        KeyNames.checkRegion(key, errors.region());
        var asked = new Asked("GetSecretValue", key.id(), version);
        var request =
                GetSecretValueRequest.builder()
                        .overrideConfiguration(calls.asThisIdentity())
                        .secretId(key.id());
        if (version.byId()) {
            request.versionId(version.name());
        } else {
            request.versionStage(version.name());
        }
        return calls.call(
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
                        .overrideConfiguration(calls.asThisIdentity())
                        .secretIdList(keys.stream().map(RemoteKey::id).toList())
                        .nextToken(nextToken.orElse(null))
                        .build();
        var page =
                calls.call(
                        asked,
                        () -> Answers.batch(client.get().batchGetSecretValue(request), asked));
        read.take(page, keys);
        return Optional.ofNullable(page.nextToken());
    }
}
