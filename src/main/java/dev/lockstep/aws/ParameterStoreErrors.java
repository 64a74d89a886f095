package dev.lockstep.aws;

import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.AccessDenied;
import dev.lockstep.source.SourceFailure.KmsAccessDenied;
import dev.lockstep.source.SourceFailure.NotFound;
import dev.lockstep.source.SourceFailure.VersionNotFound;
import java.util.regex.Pattern;

/**
 * Failures of Parameter Store, told apart by code. A parameter is gone only by ParameterNotFound; a
 * version or label that it has not is another matter.
 *
 * @param region the store's
 * @param subject whose credentials are used
 */
record ParameterStoreErrors(String region, String subject) implements ServiceErrors {

    /** KMS's own refusals, which come under codes of Parameter Store or of KMS. */
    private static final Pattern OF_KMS =
            Pattern.compile("kms:Decrypt|ciphertext|Access to KMS", Pattern.CASE_INSENSITIVE);

    @Override
    public SourceFailure failure(AwsError error, Asked asked) {
        if (error.isDenial()) {
            return denied(error, asked);
        }
        return switch (error.code()) {
            case "ParameterNotFound" -> new NotFound(SourceFailure.PARAMETER, asked.key(), region);
            case "ParameterVersionNotFound" ->
                    new VersionNotFound(SourceFailure.PARAMETER, asked.key(), asked.version());
            case "InvalidKeyId" -> new KmsAccessDenied(subject, asked.key());
            default -> error.general(asked.operation(), asked.toString(), subject);
        };
    }

    private SourceFailure denied(AwsError error, Asked asked) {
        var denial = Denial.in(error.message());
        var principal = denial.principal().orElse(subject);
        return denial.isOfKms() || OF_KMS.matcher(error.message()).find()
                ? new KmsAccessDenied(principal, asked.key())
                : new AccessDenied(
                        principal,
                        denial.action().orElse("ssm:" + asked.operation()),
                        denial.resource().orElse(asked.key()));
    }
}
