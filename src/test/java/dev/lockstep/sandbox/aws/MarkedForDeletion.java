package dev.lockstep.sandbox.aws;

/** The two errors by which AWS has been seen to refuse a secret that is marked for deletion. */
public enum MarkedForDeletion {
    INVALID_REQUEST("InvalidRequestException"),
    INVALID_PARAMETER("InvalidParameterException");

    private final String code;

    MarkedForDeletion(String code) {
        this.code = code;
    }

    AwsError error() {
        return AwsError.badRequest(
                code,
                "You can't perform this operation on the secret because it was marked for deletion.");
    }
}
