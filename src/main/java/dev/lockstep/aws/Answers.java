package dev.lockstep.aws;

import dev.lockstep.source.ListPage;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.Unreachable;
import dev.lockstep.source.Tags;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.secretsmanager.model.BatchGetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsResponse;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretValueEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * Reads answers of status 200. The SDK takes {@code {}} for an answer to anything; whatever lacks
 * what was asked for is Unreachable here, never an empty list or value.
 */
final class Answers {
    private Answers() {}

    static ListPage page(ListSecretsResponse answer, Asked asked) throws SourceException {
        isFromAws(answer, asked);
        if (!answer.hasSecretList()) {
            throw unusable(asked, "answer without a list");
        }
        var secrets = new ArrayList<RemoteSecret>();
        for (var entry : answer.secretList()) {
            secrets.add(secret(entry, asked));
        }
        return new ListPage(secrets, Optional.ofNullable(answer.nextToken()));
    }

    private static RemoteSecret secret(SecretListEntry entry, Asked asked) throws SourceException {
        return new RemoteSecret(
                present(entry.arn(), asked),
                present(entry.name(), asked),
                byLabel(entry.secretVersionsToStages()),
                entry.kmsKeyId(),
                entry.lastChangedDate(),
                entry.lastRotatedDate(),
                entry.nextRotationDate(),
                Boolean.TRUE.equals(entry.rotationEnabled()),
                entry.deletedDate(),
                tags(entry.tags()));
    }

    static RemoteSecret secret(DescribeSecretResponse answer, Asked asked) throws SourceException {
        isFromAws(answer, asked);
        return new RemoteSecret(
                present(answer.arn(), asked),
                present(answer.name(), asked),
                byLabel(answer.versionIdsToStages()),
                answer.kmsKeyId(),
                answer.lastChangedDate(),
                answer.lastRotatedDate(),
                answer.nextRotationDate(),
                Boolean.TRUE.equals(answer.rotationEnabled()),
                answer.deletedDate(),
                tags(answer.tags()));
    }

    static RemoteValue value(GetSecretValueResponse answer, Asked asked) throws SourceException {
        isFromAws(answer, asked);
        var version =
                new RemoteVersion(present(answer.arn(), asked), present(answer.versionId(), asked));
        return new RemoteValue(version, bytes(answer.secretString(), answer.secretBinary(), asked));
    }

    static RemoteValue value(SecretValueEntry entry, Asked asked) throws SourceException {
        var version =
                new RemoteVersion(present(entry.arn(), asked), present(entry.versionId(), asked));
        return new RemoteValue(version, bytes(entry.secretString(), entry.secretBinary(), asked));
    }

    static BatchGetSecretValueResponse batch(BatchGetSecretValueResponse answer, Asked asked)
            throws SourceException {
        isFromAws(answer, asked);
        if (!answer.hasSecretValues() && !answer.hasErrors() && answer.nextToken() == null) {
            throw unusable(asked, "answer without values");
        }
        return answer;
    }

    private static SecretBytes bytes(@Nullable String text, @Nullable SdkBytes binary, Asked asked)
            throws SourceException {
        if (text != null && !text.isEmpty()) {
            return SecretBytes.ofUtf8(text);
        }
        if (binary != null && binary.asByteArrayUnsafe().length > 0) {
            return SecretBytes.of(binary.asByteArrayUnsafe());
        }
        throw unusable(asked, "answer without a value");
    }

    /** AWS tells labels by version; the index asks for versions by label. */
    private static Map<String, String> byLabel(Map<String, List<String>> labelsByVersion) {
        var versions = new HashMap<String, String>();
        labelsByVersion.forEach(
                (version, labels) -> labels.forEach(label -> versions.put(label, version)));
        return versions;
    }

    private static Tags tags(List<Tag> tags) {
        var byKey = new TreeMap<String, String>();
        tags.forEach(tag -> byKey.put(tag.key(), tag.value() == null ? "" : tag.value()));
        return new Tags(byKey);
    }

    /**
     * Proxies and login pages answer 200 too. An answer is AWS's when it is called JSON or bears a
     * request id; emulators give the id but not always the type.
     */
    static void isFromAws(SdkResponse answer, Asked asked) throws SourceException {
        var http = answer.sdkHttpResponse();
        var isJson =
                http.firstMatchingHeader("Content-Type")
                        .filter(t -> t.contains("json"))
                        .isPresent();
        if (!isJson && http.firstMatchingHeader("x-amzn-RequestId").isEmpty()) {
            throw unusable(asked, "answer of foreign content type");
        }
    }

    static String present(@Nullable String text, Asked asked) throws SourceException {
        if (text == null || text.isEmpty()) {
            throw unusable(asked, "answer without ARN, name or version");
        }
        return text;
    }

    static SourceException unusable(Asked asked, String detail) {
        return new SourceException(new Unreachable(asked.toString(), detail));
    }
}
