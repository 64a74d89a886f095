package dev.lockstep.aws;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.AccessDenied;
import dev.lockstep.source.SourceFailure.CredentialsMissing;
import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Failures of issuing a token.
 *
 * @param action that a policy has to allow
 * @param subject whose credentials were used
 */
record TokenErrors(String operation, String action, String subject) {

    SourceException translate(RuntimeException e) {
        if (e instanceof CredentialFailure carried) {
            return carried.failure();
        }
        return e instanceof AwsServiceException service
                ? new SourceException(failure(AwsError.of(service)), service.requestId())
                : new SourceException(ClientErrors.failure(e, operation));
    }

    SourceFailure failure(AwsError error) {
        if (!error.isDenial()) {
            return error.general(operation, operation, subject);
        }
        var message = error.message().toLowerCase(Locale.ROOT);
        if (message.contains("session credentials")) {
            return new CredentialsMissing(
                    "STS gives a session to the keys of an IAM user alone, and %s are those of a role or session: name the keys of a user by auth.secretRef, and no role"
                            .formatted(subject));
        }
        if (message.contains("multifactorauthentication")) {
            return new CredentialsMissing(
                    "AWS does not accept requestParameters.tokenCode for that serialNumber: write the code that the MFA device shows now; each is good for one session");
        }
        var denial = Denial.in(error.message());
        return new AccessDenied(
                denial.principal().orElse(subject),
                denial.action().orElse(action),
                denial.resource().orElse("*"));
    }
}
