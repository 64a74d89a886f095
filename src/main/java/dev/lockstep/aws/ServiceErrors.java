package dev.lockstep.aws;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.StsException;

/** What the errors of one service mean, and of all that stands before it. */
interface ServiceErrors {

    /** Whose credentials are used. */
    String subject();

    /** What the service's own answer means. */
    SourceFailure failure(AwsError error, Asked asked);

    default SourceException translate(RuntimeException e, Asked asked) {
        if (e instanceof CredentialFailure carried) {
            return carried.failure();
        }
        if (e instanceof StsException) {
            // Out of the SDK's default chain; every other role is assumed by ourselves.
            return new StsErrors("AssumeRole", "the role of the default chain", subject())
                    .translate(e);
        }
        return e instanceof AwsServiceException service
                ? new SourceException(failure(AwsError.of(service), asked), service.requestId())
                : new SourceException(ClientErrors.failure(e, asked.toString()));
    }
}
