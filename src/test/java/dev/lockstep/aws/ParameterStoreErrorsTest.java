package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.RequestedVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Parameter Store's answers mean. */
class ParameterStoreErrorsTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ParameterNotFound | '' | NotFound",
                "ParameterVersionNotFound | could not find version 3 | VersionNotFound",
                "InvalidKeyId | the key is disabled | KmsAccessDenied",
                "AccessDeniedException | User: arn:aws:iam::1:user/a is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:x | KmsAccessDenied",
                "AccessDeniedException | The ciphertext refers to a customer master key that does not exist | KmsAccessDenied",
                "AccessDeniedException | User: arn:aws:iam::1:user/a is not authorized to perform: ssm:GetParameter on resource: arn:aws:ssm:x | AccessDenied",
                "ThrottlingException | Rate exceeded | Throttled",
                "ExpiredTokenException | expired at noon | TokenRejected",
                "InternalServerError | oops | Unreachable",
                "ResourceNotFoundException | not of this service | Unreachable"
            })
    void code_givesTheFailure(String code, String message, String failure) {
        var errors = new ParameterStoreErrors("eu-west-1", "the operator");
        var asked = new Asked("GetParameter", "/app/db", RequestedVersion.CURRENT);
        var error = new AwsError(code, message, 400, code.startsWith("Throttling"));

        assertThat(errors.failure(error, asked).reason()).isEqualTo(failure);
    }
}
