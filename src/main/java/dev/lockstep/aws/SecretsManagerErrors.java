package dev.lockstep.aws;

import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.AccessDenied;
import dev.lockstep.source.SourceFailure.KmsAccessDenied;
import dev.lockstep.source.SourceFailure.MarkedForDeletion;
import dev.lockstep.source.SourceFailure.NotFound;
import dev.lockstep.source.SourceFailure.VersionNotFound;
import java.util.regex.Pattern;

/**
 * Failures of Secrets Manager, told apart by code and, where AWS gives one code to several, by
 * message.
 *
 * @param region the store's
 * @param subject whose credentials are used
 */
record SecretsManagerErrors(String region, String subject) implements ServiceErrors {
    /** The message about the secret itself; those about a version go on with "value for …". */
    private static final Pattern NO_SUCH_SECRET =
            Pattern.compile("can.?t find the specified secret\\.?$", Pattern.CASE_INSENSITIVE);

    private static final Pattern MARKED_FOR_DELETION =
            Pattern.compile("marked.*delet|scheduled for deletion", Pattern.CASE_INSENSITIVE);

    @Override
    public SourceFailure failure(AwsError error, Asked asked) {
        if (error.isDenial()) {
            return denied(error, asked);
        }
        return switch (error.code()) {
            case "ResourceNotFoundException" -> notFound(error, asked);
            case "DecryptionFailure", "DecryptionFailureException" ->
                    new KmsAccessDenied(subject, asked.key());
            case "InvalidRequestException", "InvalidParameterException" ->
                    MARKED_FOR_DELETION.matcher(error.message()).find()
                            ? new MarkedForDeletion(asked.key(), null)
                            : general(error, asked);
            default -> general(error, asked);
        };
    }

    private SourceFailure general(AwsError error, Asked asked) {
        return error.general(asked.operation(), asked.toString(), subject);
    }

    /** KMS's denials come under Secrets Manager's code; only the message tells. */
    private SourceFailure denied(AwsError error, Asked asked) {
        var denial = Denial.in(error.message());
        var principal = denial.principal().orElse(subject);
        return denial.isOfKms() || error.message().contains("Access to KMS is not allowed")
                ? new KmsAccessDenied(principal, asked.key())
                : new AccessDenied(
                        principal,
                        denial.action().orElse("secretsmanager:" + asked.operation()),
                        denial.resource().orElse(asked.key()));
    }

    /**
     * A secret is gone only when that is beyond doubt, since data may be removed for it;
     * DescribeSecret is about no version, so there it is.
     */
    private SourceFailure notFound(AwsError error, Asked asked) {
        var certain =
                asked.operation().equals("DescribeSecret")
                        || NO_SUCH_SECRET.matcher(error.message().strip()).find();
        return certain
                ? new NotFound(asked.key(), region)
                : new VersionNotFound(asked.key(), asked.version());
    }
}
