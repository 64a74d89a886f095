package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.AccessDenied;
import dev.lockstep.source.SourceFailure.AssumeRoleDenied;
import dev.lockstep.source.SourceFailure.CredentialsMissing;
import dev.lockstep.source.SourceFailure.KmsAccessDenied;
import dev.lockstep.source.SourceFailure.MarkedForDeletion;
import dev.lockstep.source.SourceFailure.NotFound;
import dev.lockstep.source.SourceFailure.Throttled;
import dev.lockstep.source.SourceFailure.TokenRejected;
import dev.lockstep.source.SourceFailure.Unreachable;
import dev.lockstep.source.SourceFailure.VersionNotFound;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.secretsmanager.model.DecryptionFailureException;
import software.amazon.awssdk.services.secretsmanager.model.InternalServiceErrorException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.sts.model.StsException;

/** Exceptions of Secrets Manager, row by row, as failures of the closed set. */
class SecretsManagerErrorsTest {
    private static final String SUBJECT = "ServiceAccount team-a/app";
    private static final String DENIED =
            "User: arn:aws:sts::1:assumed-role/reader/kubernetes.team-a.aws is not authorized to perform: %s on resource: %s because no identity-based policy allows the %1$s action";
    private static final Asked GET =
            new Asked("GetSecretValue", "app/db", RequestedVersion.label("blue"));

    static Stream<Arguments> secretsManager() {
        return Stream.of(
                argumentSet(
                        "denied, with all that AWS tells",
                        unmodelled(
                                "AccessDeniedException",
                                DENIED.formatted(
                                        "secretsmanager:GetSecretValue",
                                        "arn:aws:secretsmanager:eu-west-1:1:secret:app/db-AbCdEf"),
                                400),
                        new AccessDenied(
                                "arn:aws:sts::1:assumed-role/reader",
                                "secretsmanager:GetSecretValue",
                                "arn:aws:secretsmanager:eu-west-1:1:secret:app/db-AbCdEf")),
                argumentSet(
                        "denied, in words of no known form",
                        unmodelled("AccessDeniedException", "no", 400),
                        new AccessDenied(SUBJECT, "secretsmanager:GetSecretValue", "app/db")),
                argumentSet(
                        "denied by a gateway, without a code",
                        SecretsManagerException.builder().statusCode(403).build(),
                        new AccessDenied(SUBJECT, "secretsmanager:GetSecretValue", "app/db")),
                argumentSet(
                        "KMS denied, in Secrets Manager's words",
                        unmodelled("AccessDeniedException", "Access to KMS is not allowed", 400),
                        new KmsAccessDenied(SUBJECT, "app/db")),
                argumentSet(
                        "KMS denied, in IAM's words",
                        unmodelled(
                                "AccessDeniedException",
                                DENIED.formatted("kms:Decrypt", "arn:aws:kms:eu-west-1:1:key/k"),
                                400),
                        new KmsAccessDenied("arn:aws:sts::1:assumed-role/reader", "app/db")),
                argumentSet(
                        "cannot be decrypted",
                        modelled(
                                DecryptionFailureException.builder(),
                                "DecryptionFailure",
                                "Secrets Manager can't decrypt the protected secret text",
                                400),
                        new KmsAccessDenied(SUBJECT, "app/db")),
                argumentSet(
                        "no such secret",
                        notFound("Secrets Manager can't find the specified secret."),
                        new NotFound("app/db", "eu-west-1")),
                argumentSet(
                        "no such label",
                        notFound(
                                "Secrets Manager can't find the specified secret value for staging label: blue"),
                        new VersionNotFound("app/db", RequestedVersion.label("blue"))),
                argumentSet(
                        "no such version id",
                        notFound(
                                "Secrets Manager can't find the specified secret value for VersionId: 1"),
                        new VersionNotFound("app/db", RequestedVersion.label("blue"))),
                argumentSet(
                        "not found, in doubt what",
                        notFound("gone"),
                        new VersionNotFound("app/db", RequestedVersion.label("blue"))),
                argumentSet(
                        "marked for deletion, as invalid request",
                        modelled(
                                InvalidRequestException.builder(),
                                "InvalidRequestException",
                                "You can't perform this operation on the secret because it was marked for deletion.",
                                400),
                        new MarkedForDeletion("app/db", null)),
                argumentSet(
                        "marked for deletion, as invalid parameter",
                        modelled(
                                InvalidParameterException.builder(),
                                "InvalidParameterException",
                                "An error occurred because the secret is currently marked deleted.",
                                400),
                        new MarkedForDeletion("app/db", null)),
                argumentSet(
                        "another invalid parameter",
                        modelled(
                                InvalidParameterException.builder(),
                                "InvalidParameterException",
                                "Invalid name.",
                                400),
                        unreachable("InvalidParameterException: Invalid name.")),
                argumentSet(
                        "expired session",
                        unmodelled("ExpiredTokenException", "Token expired: 17:01 > 17:00", 400),
                        new TokenRejected(SUBJECT, "expired")),
                argumentSet(
                        "unknown access key",
                        unmodelled(
                                "UnrecognizedClientException",
                                "The security token is invalid",
                                400),
                        new TokenRejected(SUBJECT, "UnrecognizedClientException")),
                argumentSet(
                        "wrong secret key",
                        unmodelled("InvalidSignatureException", "expected canary", 400),
                        new TokenRejected(SUBJECT, "InvalidSignatureException")),
                argumentSet(
                        "clock skew",
                        unmodelled("RequestTimeTooSkewed", "17:00", 403),
                        unreachable(
                                "the clock of the operator's node is wrong: RequestTimeTooSkewed")),
                argumentSet(
                        "throttled",
                        unmodelled("ThrottlingException", "Rate exceeded", 400),
                        new Throttled("GetSecretValue")),
                argumentSet(
                        "429 without a code",
                        SecretsManagerException.builder().statusCode(429).build(),
                        new Throttled("GetSecretValue")),
                argumentSet(
                        "500",
                        modelled(
                                InternalServiceErrorException.builder(),
                                "InternalServiceError",
                                "sorry",
                                500),
                        unreachable("HTTP 500 InternalServiceError")),
                argumentSet(
                        "503 without a code",
                        SecretsManagerException.builder().statusCode(503).build(),
                        unreachable("HTTP 503")),
                argumentSet(
                        "a role of the default chain denied",
                        modelled(StsException.builder(), "AccessDenied", "Not authorized", 403),
                        new AssumeRoleDenied(
                                "the role of the default chain", "sts:AssumeRole", SUBJECT)));
    }

    @ParameterizedTest
    @MethodSource("secretsManager")
    void secretsManagerException_isAFailure(RuntimeException e, SourceFailure expected) {
        assertThat(secretsManagerErrors().translate(e, GET).failure()).isEqualTo(expected);
    }

    @Test
    void describedSecretThatIsNotFound_isGoneWhateverTheMessage() {
        var asked = Asked.forSecret("DescribeSecret", "app/db");

        assertThat(secretsManagerErrors().translate(notFound("gone"), asked).failure())
                .isEqualTo(new NotFound("app/db", "eu-west-1"));
    }

    @Test
    void requestId_isBesideTheMessageAndNotInIt() {
        var e =
                SecretsManagerException.builder()
                        .awsErrorDetails(details("InternalServiceError", "sorry"))
                        .statusCode(500)
                        .requestId("request-1")
                        .numAttempts(3)
                        .build();

        var translated = secretsManagerErrors().translate(e, GET);

        assertThat(translated.requestId()).contains("request-1");
        assertThat(translated).hasMessageNotContaining("request-1");
    }

    @Test
    void carriedFailure_isTakenOutAsItIs() {
        var carried = new SourceException(new CredentialsMissing("no Secret"));

        assertThat(secretsManagerErrors().translate(new CredentialFailure(carried), GET))
                .isSameAs(carried);
    }

    private static SecretsManagerErrors secretsManagerErrors() {
        return new SecretsManagerErrors("eu-west-1", SUBJECT);
    }

    private static Unreachable unreachable(String detail) {
        return new Unreachable("GetSecretValue of app/db", detail);
    }

    private static RuntimeException notFound(String message) {
        return modelled(
                ResourceNotFoundException.builder(), "ResourceNotFoundException", message, 400);
    }

    private static RuntimeException unmodelled(String code, String message, int status) {
        return modelled(SecretsManagerException.builder(), code, message, status);
    }

    private static RuntimeException modelled(
            AwsServiceException.Builder builder, String code, String message, int status) {
        return builder.awsErrorDetails(details(code, message)).statusCode(status).build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder().errorCode(code).errorMessage(message).build();
    }
}
