package dev.lockstep.aws;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceResult;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.model.APIErrorType;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;

/** Matches one BatchGetSecretValue's answers to the keys asked for, so that none is dropped. */
final class BatchRead {
    /** What a denial names: a batch needs this action for each secret besides its own. */
    private static final String ACTION = "GetSecretValue";

    private final SecretsManagerErrors errors;
    private final Map<RemoteKey, SourceResult<RemoteValue>> results = new LinkedHashMap<>();

    BatchRead(SecretsManagerErrors errors) {
        this.errors = errors;
    }

    /** Keys of another region fail at once. */
    List<RemoteKey> askable(Collection<RemoteKey> keys) {
        for (var key : keys) {
            try {
                KeyNames.checkRegion(key, errors.region());
            } catch (SourceException e) {
                results.put(key, new SourceResult.Failed<>(e));
            }
        }
        return keys.stream().filter(key -> !results.containsKey(key)).distinct().toList();
    }

    /** Takes from one page of the answer what it has for {@code asked}. */
    void take(BatchGetSecretValueResponse page, List<RemoteKey> asked) {
        for (var key : asked) {
            find(page, key).ifPresent(result -> results.putIfAbsent(key, result));
        }
    }

    /** A result for each key; what AWS kept silent about has failed. */
    Map<RemoteKey, SourceResult<RemoteValue>> results(List<RemoteKey> asked) {
        for (var key : asked) {
            results.computeIfAbsent(
                    key,
                    silent ->
                            new SourceResult.Failed<>(
                                    Answers.unusable(
                                            Asked.forSecret("BatchGetSecretValue", silent.id()),
                                            "the batch answer leaves it out")));
        }
        return Map.copyOf(results);
    }

    private Optional<SourceResult<RemoteValue>> find(
            BatchGetSecretValueResponse page, RemoteKey key) {
        for (var entry : page.secretValues()) {
            if (KeyNames.names(key, text(entry.arn()), text(entry.name()))) {
                return Optional.of(value(entry, key));
            }
        }
        for (var error : page.errors()) {
            var id = text(error.secretId());
            if (KeyNames.names(key, id, id) || id.endsWith(":secret:" + key.id())) {
                return Optional.of(new SourceResult.Failed<>(failure(error, key)));
            }
        }
        return Optional.empty();
    }

    private static SourceResult<RemoteValue> value(SecretValueEntry entry, RemoteKey key) {
        try {
            return new SourceResult.Found<>(
                    Answers.value(entry, Asked.forSecret("BatchGetSecretValue", key.id())));
        } catch (SourceException e) {
            return new SourceResult.Failed<>(e);
        }
    }

    private SourceException failure(APIErrorType error, RemoteKey key) {
        var told = AwsError.inBatch(text(error.errorCode()), text(error.message()));
        return new SourceException(errors.failure(told, Asked.forSecret(ACTION, key.id())));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
