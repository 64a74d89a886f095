package dev.lockstep.aws;

import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.Throttled;
import dev.lockstep.source.SourceFailure.TokenRejected;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What an AWS service said was wrong.
 *
 * @param code empty where the answer named none, as XML or HTML error pages do
 * @param message AWS's own, empty where there is none; may hold times, so it is not passed on
 *     unseen
 * @param status HTTP status, 0 for an error inside a batch answer
 */
record AwsError(String code, String message, int status, boolean throttling) {

    private static final Set<String> BAD_CREDENTIALS =
            Set.of(
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "IncompleteSignatureException",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException");
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "ExpiredTokenException");
    private static final Set<String> CLOCK_SKEW = Set.of("RequestTimeTooSkewed", "RequestExpired");
    private static final int LONGEST_DETAIL = 200;

    static AwsError of(AwsServiceException e) {
        var details = Optional.ofNullable(e.awsErrorDetails());
        return new AwsError(
                details.map(AwsErrorDetails::errorCode).orElse(""),
                details.map(AwsErrorDetails::errorMessage).orElse(""),
                e.statusCode(),
                e.isThrottlingException());
    }

    /** An entry of a batch answer's error list. */
    static AwsError inBatch(String code, String message) {
        return new AwsError(code, message, 0, code.startsWith("Throttling"));
    }

    /** Also a bare 403: some gateways and emulators refuse without a code. */
    boolean isDenial() {
        return code.equals("AccessDeniedException")
                || code.equals("AccessDenied")
                || code.isEmpty() && status == 403;
    }

    /**
     * What any service may answer.
     *
     * @param call the operation, with the key where there is one
     * @param subject whose credentials were used
     */
    SourceFailure general(String operation, String call, String subject) {
        if (throttling) {
            return new Throttled(operation);
        }
        if (EXPIRED.contains(code)) {
            // AWS's message holds the time of day.
            return new TokenRejected(subject, "expired");
        }
        if (BAD_CREDENTIALS.contains(code)) {
            return new TokenRejected(subject, code);
        }
        if (CLOCK_SKEW.contains(code)) {
            return new Unreachable(call, "the clock of the operator's node is wrong: " + code);
        }
        return new Unreachable(call, detail());
    }

    private String detail() {
        if (status >= 500 || code.isEmpty() && status > 0) {
            return ("HTTP " + status + " " + code).strip();
        }
        var text = message.isEmpty() ? code : code + ": " + message.lines().findFirst().orElse("");
        return text.length() > LONGEST_DETAIL ? text.substring(0, LONGEST_DETAIL) : text;
    }
}
