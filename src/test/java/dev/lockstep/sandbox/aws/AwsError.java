package dev.lockstep.sandbox.aws;

/** An answer other than success. */
final class AwsError extends RuntimeException {

    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;

    private final String code;
    private final int status;

    AwsError(String code, int status, String message) {
        super(message);
        this.code = code;
        this.status = status;
    }

    static AwsError badRequest(String code, String message) {
        return new AwsError(code, BAD_REQUEST, message);
    }

    static AwsError forbidden(String code, String message) {
        return new AwsError(code, FORBIDDEN, message);
    }

    static AwsError invalidParameter(String message) {
        return badRequest("InvalidParameterException", message);
    }

    static AwsError invalidRequest(String message) {
        return badRequest("InvalidRequestException", message);
    }

    static AwsError notFound(String message) {
        return badRequest("ResourceNotFoundException", message);
    }

    static AwsError exists(String message) {
        return badRequest("ResourceExistsException", message);
    }

    static AwsError noSuchSecret() {
        return notFound("Secrets Manager can't find the specified secret.");
    }

    /** Sent for what breaks the limits of the service's model. */
    static AwsError constraint(String parameter, String constraint) {
        return badRequest(
                "ValidationException",
                "1 validation error detected: Value at '%s' failed to satisfy constraint: %s"
                        .formatted(parameter, constraint));
    }

    String code() {
        return code;
    }

    int status() {
        return status;
    }
}
