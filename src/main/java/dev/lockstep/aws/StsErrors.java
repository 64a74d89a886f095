package dev.lockstep.aws;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.AssumeRoleDenied;
import dev.lockstep.source.SourceFailure.TokenRejected;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Failures of STS.
 *
 * @param operation such as AssumeRole
 * @param subject whose token or keys were used
 */
record StsErrors(String operation, String role, String subject) {
    private static final Set<String> BAD_TOKEN =
            Set.of("InvalidIdentityToken", "InvalidIdentityTokenException", "IDPRejectedClaim");

    SourceException translate(RuntimeException e) {
        if (e instanceof CredentialFailure carried) {
            return carried.failure();
        }
        return e instanceof AwsServiceException service
                ? new SourceException(failure(AwsError.of(service)), service.requestId())
                : new SourceException(ClientErrors.failure(e, "STS " + operation));
    }

    private SourceFailure failure(AwsError error) {
        if (error.isDenial()) {
            var denial = Denial.in(error.message());
            return new AssumeRoleDenied(
                    role,
                    denial.action().orElse("sts:" + operation),
                    denial.principal().orElse(subject));
        }
        if (BAD_TOKEN.contains(error.code())) {
            return new TokenRejected(subject, error.message());
        }
        if (error.code().equals("IDPCommunicationError")) {
            return new Unreachable(
                    "STS " + operation, "AWS cannot reach the cluster's OIDC issuer");
        }
        return error.general("STS " + operation, "STS " + operation + " of " + role, subject);
    }
}
