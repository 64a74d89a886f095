package dev.lockstep.aws;

import dev.lockstep.source.ListPage;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ssm.model.DescribeParametersResponse;
import software.amazon.awssdk.services.ssm.model.GetParameterResponse;
import software.amazon.awssdk.services.ssm.model.GetParametersResponse;
import software.amazon.awssdk.services.ssm.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterMetadata;

/**
 * Reads Parameter Store's answers of status 200, as {@link Answers} reads Secrets Manager's.
 *
 * <p>A version is number and date: the number alone begins again at 1 for a parameter that is
 * deleted and made again under the same ARN (semantics 1).
 */
final class ParameterAnswers {
    private static final char BEFORE_DATE = '@';

    private ParameterAnswers() {}

    static ListPage page(DescribeParametersResponse answer, Asked asked) throws SourceException {
        Answers.isFromAws(answer, asked);
        if (!answer.hasParameters()) {
            throw Answers.unusable(asked, "answer without a list");
        }
        var parameters = new ArrayList<RemoteSecret>();
        for (var entry : answer.parameters()) {
            parameters.add(parameter(entry, asked));
        }
        // Some answers have an empty token on their last page.
        return new ListPage(
                parameters, Optional.ofNullable(answer.nextToken()).filter(t -> !t.isEmpty()));
    }

    private static RemoteSecret parameter(ParameterMetadata entry, Asked asked)
            throws SourceException {
        return parameter(
                new RemoteVersion(
                        Answers.present(entry.arn(), asked),
                        versionId(entry.version(), entry.lastModifiedDate(), asked)),
                Answers.present(entry.name(), asked),
                entry.keyId(),
                entry.lastModifiedDate());
    }

    /** What a read tells that a look would have. */
    static RemoteSecret parameter(GetParameterResponse answer, Asked asked) throws SourceException {
        var parameter = parameterIn(answer, asked);
        return parameter(
                version(parameter, asked),
                Answers.present(parameter.name(), asked),
                null,
                parameter.lastModifiedDate());
    }

    private static RemoteSecret parameter(
            RemoteVersion version,
            String name,
            @Nullable String kmsKeyId,
            @Nullable Instant changedAt) {
        return new RemoteSecret(
                version.arn(),
                name,
                Map.of(RequestedVersion.CURRENT.name(), version.versionId()),
                kmsKeyId,
                changedAt,
                null,
                null,
                false,
                null);
    }

    static RemoteValue value(GetParameterResponse answer, Asked asked) throws SourceException {
        return value(parameterIn(answer, asked), asked);
    }

    /** A StringList's text is its value, commas and all. */
    static RemoteValue value(Parameter parameter, Asked asked) throws SourceException {
        if (parameter.value() == null || parameter.value().isEmpty()) {
            throw Answers.unusable(asked, "answer without a value");
        }
        return new RemoteValue(version(parameter, asked), SecretBytes.ofUtf8(parameter.value()));
    }

    static GetParametersResponse values(GetParametersResponse answer, Asked asked)
            throws SourceException {
        Answers.isFromAws(answer, asked);
        if (!answer.hasParameters() && !answer.hasInvalidParameters()) {
            throw Answers.unusable(asked, "answer without values");
        }
        return answer;
    }

    static Tags tags(ListTagsForResourceResponse answer, Asked asked) throws SourceException {
        Answers.isFromAws(answer, asked);
        if (!answer.hasTagList()) {
            throw Answers.unusable(asked, "answer without tags");
        }
        var byKey = new TreeMap<String, String>();
        answer.tagList().forEach(tag -> byKey.put(tag.key(), tag.value()));
        return new Tags(byKey);
    }

    /** The number of a version id, as AWS takes it after a name. */
    static String number(String versionId) {
        var date = versionId.indexOf(BEFORE_DATE);
        return date < 0 ? versionId : versionId.substring(0, date);
    }

    private static Parameter parameterIn(GetParameterResponse answer, Asked asked)
            throws SourceException {
        Answers.isFromAws(answer, asked);
        if (answer.parameter() == null) {
            throw Answers.unusable(asked, "answer without a parameter");
        }
        return answer.parameter();
    }

    private static RemoteVersion version(Parameter parameter, Asked asked) throws SourceException {
        return new RemoteVersion(
                Answers.present(parameter.arn(), asked),
                versionId(parameter.version(), parameter.lastModifiedDate(), asked));
    }

    /** In whole seconds, since operations need not agree on fractions. */
    private static String versionId(@Nullable Long version, @Nullable Instant date, Asked asked)
            throws SourceException {
        if (version == null || date == null) {
            throw Answers.unusable(asked, "answer without version or date");
        }
        return "" + version + BEFORE_DATE + date.getEpochSecond();
    }
}
