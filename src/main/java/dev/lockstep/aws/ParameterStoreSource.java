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
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeParametersRequest;
import software.amazon.awssdk.services.ssm.model.GetParameterRequest;
import software.amazon.awssdk.services.ssm.model.GetParametersRequest;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ssm.model.ParameterStringFilter;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;

/** Parameter Store as one proven identity sees it. */
final class ParameterStoreSource implements SecretSource {
    private static final int PAGE_SIZE = 50;
    private static final int BATCH_SIZE = 10;
    private static final String DESCRIBE = "DescribeParameters";
    private static final String GET = "GetParameter";
    private static final String GET_SOME = "GetParameters";

    private final IdentityCalls calls;
    private final Supplier<SsmClient> client;
    private final String region;

    /**
     * @param client asked for at each call, since idle clients are closed
     */
    ParameterStoreSource(IdentityCalls calls, Supplier<SsmClient> client, String region) {
        this.calls = calls;
        this.client = client;
        this.region = region;
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
        return page(List.of(), nextToken, Asked.forAll(DESCRIBE));
    }

    @Override
    public boolean listShowsTags() {
        return false;
    }

    /** AWS's own filters by path and tag are exact; names it cannot match by a pattern. */
    @Override
    public ListPage find(Selector selector, Optional<String> nextToken) throws SourceException {
        var page = page(ParameterFilters.of(selector), nextToken, Asked.forAll(DESCRIBE));
        var matching =
                page.secrets().stream()
                        .filter(parameter -> ParameterFilters.matchesName(selector, parameter))
                        .toList();
        return new ListPage(matching, page.nextToken());
    }

    @Override
    public boolean matches(Selector selector, RemoteSecret parameter) {
        var tags = parameter.tags();
        if (!selector.tags().isEmpty() && tags == null) {
            throw new IllegalArgumentException(
                    "tags of " + parameter.name() + " were not asked for");
        }
        return ParameterFilters.matchesName(selector, parameter)
                && (tags == null || tags.include(selector.tags()));
    }

    /**
     * DescribeParameters shows nothing of what does not exist, but nothing of parameters that other
     * accounts share or AWS publishes either; a read, without decryption, tells.
     */
    @Override
    public RemoteSecret describe(RemoteKey key) throws SourceException {
        KeyNames.checkRegion(key, region);
        var asked = Asked.forSecret(DESCRIBE, key.id());
        var shown = page(List.of(ParameterFilters.named(key)), Optional.empty(), asked);
        for (var parameter : shown.secrets()) {
            if (parameter.isNamedBy(key)) {
                return parameter;
            }
        }
        return readUndecrypted(key);
    }

    private RemoteSecret readUndecrypted(RemoteKey key) throws SourceException {
        var asked = Asked.forSecret(GET, key.id());
        var request = request(key.id()).withDecryption(false).build();
        return calls.call(
                asked, () -> ParameterAnswers.parameter(client.get().getParameter(request), asked));
    }

    @Override
    public RemoteSecret describeTagged(RemoteKey key) throws SourceException {
        var parameter = describe(key);
        var asked = Asked.forSecret("ListTagsForResource", key.id());
        var request =
                ListTagsForResourceRequest.builder()
                        .overrideConfiguration(calls.asThisIdentity())
                        .resourceType(ResourceTypeForTagging.PARAMETER)
                        .resourceId(parameter.name())
                        .build();
        return parameter.withTags(
                calls.call(
                        asked,
                        () ->
                                ParameterAnswers.tags(
                                        client.get().listTagsForResource(request), asked)));
    }

    @Override
    public RemoteValue read(RemoteKey key, RequestedVersion version) throws SourceException {
        if (version.isTags()) {
            var parameter = describeTagged(key);
            return Objects.requireNonNull(parameter.tags()).valueOf(parameter.arn());
        }
        KeyNames.checkRegion(key, region);
        try {
            return readDecrypted(key, version);
        } catch (SourceException e) {
            if (e.failure() instanceof SourceFailure.NotFound && !version.isCurrent()) {
                throw withoutVersion(key, version);
            }
            throw e;
        }
    }

    private RemoteValue readDecrypted(RemoteKey key, RequestedVersion version)
            throws SourceException {
        var asked = new Asked(GET, key.id(), version);
        var request = request(key.id() + selector(version)).withDecryption(true).build();
        return calls.call(
                asked, () -> ParameterAnswers.value(client.get().getParameter(request), asked));
    }

    /**
     * AWS does not say which code answers a label that no version has. "Not found" would make a
     * parameter that is there look deleted; so whether it is there is asked.
     *
     * @return what it means when it is
     * @throws SourceException when it is not, or that cannot be told
     */
    private SourceException withoutVersion(RemoteKey key, RequestedVersion version)
            throws SourceException {
        readUndecrypted(key);
        return new SourceException(
                new SourceFailure.VersionNotFound(SourceFailure.PARAMETER, key.id(), version));
    }

    private static String selector(RequestedVersion version) {
        return version.isCurrent() ? "" : ":" + ParameterAnswers.number(version.name());
    }

    /**
     * Left out, so that each is read by itself: what AWS calls invalid, since only GetParameter
     * tells why; and where one key is refused AWS refuses the whole batch, so that it is made again
     * without the one it names.
     */
    @Override
    public Map<RemoteKey, SourceResult<RemoteValue>> readCurrent(Collection<RemoteKey> keys)
            throws SourceException {
        var askable = ParameterNames.distinct(keys, region);
        try {
            return readTogether(askable);
        } catch (SourceException e) {
            if (e.failure() instanceof SourceFailure.KmsAccessDenied) {
                return Map.of();
            }
            var others = ParameterNames.without(askable, e.failure());
            if (others.size() == askable.size()) {
                throw e;
            }
            return readTogether(others);
        }
    }

    private Map<RemoteKey, SourceResult<RemoteValue>> readTogether(List<RemoteKey> keys)
            throws SourceException {
        var results = new LinkedHashMap<RemoteKey, SourceResult<RemoteValue>>();
        if (keys.isEmpty()) {
            return results;
        }
        var asked = Asked.forAll(GET_SOME);
        var request =
                GetParametersRequest.builder()
                        .overrideConfiguration(calls.asThisIdentity())
                        .names(keys.stream().map(RemoteKey::id).toList())
                        .withDecryption(true)
                        .build();
        var answer =
                calls.call(
                        asked,
                        () -> ParameterAnswers.values(client.get().getParameters(request), asked));
        for (var parameter : answer.parameters()) {
            for (var key : keys) {
                if (key.id().equals(parameter.name()) || key.id().equals(parameter.arn())) {
                    var one = Asked.forSecret(GET_SOME, key.id());
                    results.put(
                            key, new SourceResult.Found<>(ParameterAnswers.value(parameter, one)));
                }
            }
        }
        return results;
    }

    private ListPage page(
            List<ParameterStringFilter> filters, Optional<String> nextToken, Asked asked)
            throws SourceException {
        var request =
                DescribeParametersRequest.builder()
                        .overrideConfiguration(calls.asThisIdentity())
                        .maxResults(PAGE_SIZE)
                        .nextToken(nextToken.orElse(null));
        if (!filters.isEmpty()) {
            request.parameterFilters(filters);
        }
        return calls.call(
                asked,
                () ->
                        ParameterAnswers.page(
                                client.get().describeParameters(request.build()), asked));
    }

    private GetParameterRequest.Builder request(String name) {
        return GetParameterRequest.builder()
                .overrideConfiguration(calls.asThisIdentity())
                .name(name);
    }
}
