package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.AssumeRoleDenied;
import dev.lockstep.source.SourceFailure.Throttled;
import dev.lockstep.source.SourceFailure.TokenRejected;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sts.model.ExpiredTokenException;
import software.amazon.awssdk.services.sts.model.IdpCommunicationErrorException;
import software.amazon.awssdk.services.sts.model.InvalidIdentityTokenException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Exceptions of STS, row by row, as failures of the closed set. */
class StsErrorsTest {
    private static final String SUBJECT = "ServiceAccount team-a/app";
    private static final String ROLE = "arn:aws:iam::1:role/reader";
    private static final String DENIED =
            "User: arn:aws:sts::1:assumed-role/reader/kubernetes.team-a.aws is not authorized to perform: %s on resource: %s because no identity-based policy allows the %1$s action";

    static Stream<Arguments> sts() {
        return Stream.of(
                argumentSet(
                        "denied, with who",
                        sts("AccessDenied", DENIED.formatted("sts:TagSession", ROLE), 403),
                        new AssumeRoleDenied(
                                ROLE, "sts:TagSession", "arn:aws:sts::1:assumed-role/reader")),
                argumentSet(
                        "web identity denied",
                        sts(
                                "AccessDenied",
                                "Not authorized to perform sts:AssumeRoleWithWebIdentity",
                                403),
                        new AssumeRoleDenied(ROLE, "sts:AssumeRoleWithWebIdentity", SUBJECT)),
                argumentSet(
                        "bad token",
                        modelled(
                                InvalidIdentityTokenException.builder(),
                                "InvalidIdentityToken",
                                "Incorrect token audience",
                                400),
                        new TokenRejected(SUBJECT, "Incorrect token audience")),
                argumentSet(
                        "expired token",
                        modelled(
                                ExpiredTokenException.builder(),
                                "ExpiredTokenException",
                                "Token expired: 1700000000 > 1690000000",
                                400),
                        new TokenRejected(SUBJECT, "expired")),
                argumentSet(
                        "unknown access key",
                        sts("InvalidClientTokenId", "The security token is invalid", 403),
                        new TokenRejected(SUBJECT, "InvalidClientTokenId")),
                argumentSet(
                        "OIDC issuer not reached",
                        modelled(
                                IdpCommunicationErrorException.builder(),
                                "IDPCommunicationError",
                                "sorry",
                                400),
                        new Unreachable(
                                "STS AssumeRole", "AWS cannot reach the cluster's OIDC issuer")),
                argumentSet(
                        "throttled",
                        sts("Throttling", "Rate exceeded", 400),
                        new Throttled("STS AssumeRole")),
                argumentSet(
                        "500",
                        sts("InternalFailure", "sorry", 500),
                        new Unreachable("STS AssumeRole of " + ROLE, "HTTP 500 InternalFailure")),
                argumentSet(
                        "an invalid parameter",
                        sts("ValidationError", "roleArn is invalid", 400),
                        new Unreachable(
                                "STS AssumeRole of " + ROLE,
                                "ValidationError: roleArn is invalid")));
    }

    @ParameterizedTest
    @MethodSource("sts")
    void stsException_isAFailure(RuntimeException e, SourceFailure expected) {
        assertThat(new StsErrors("AssumeRole", ROLE, SUBJECT).translate(e).failure())
                .isEqualTo(expected);
    }

    private static RuntimeException sts(String code, String message, int status) {
        return modelled(StsException.builder(), code, message, status);
    }

    private static RuntimeException modelled(
            AwsServiceException.Builder builder, String code, String message, int status) {
        return builder.awsErrorDetails(details(code, message)).statusCode(status).build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }
}
