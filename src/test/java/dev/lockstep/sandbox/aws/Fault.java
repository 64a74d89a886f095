package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What can go wrong with a call that would have succeeded; some make sense for STS alone. */
public enum Fault {
    THROTTLED(error("ThrottlingException", "Throttling", 400, "Rate exceeded")),
    INTERNAL_ERROR(
            error(
                    "InternalServiceError",
                    "InternalFailure",
                    500,
                    "An error occurred on the server side.")),
    /** What a load balancer says. */
    UNAVAILABLE(answer -> AwsResponse.html(503, "503 Service Temporarily Unavailable")),
    /** What a proxy says that wants somebody to log in. */
    FOREIGN_CONTENT(answer -> AwsResponse.html(200, "Please log in")),
    /** A JSON object without anything in it. */
    EMPTY_OBJECT(answer -> answer.withBody(Json.write(Json.object()))),
    /** Everything but the value. */
    WITHOUT_VALUE(values(value -> value.remove(List.of("SecretString", "SecretBinary")))),
    EMPTY_VALUE(values(value -> value.put("SecretString", ""))),
    /** The connection ends halfway through. */
    CUT_OFF(AwsResponse::cutOff),
    /** Half of the body, well delivered. */
    HALF(AwsResponse::halved),
    DECRYPTION_FAILURE(
            error(
                    "DecryptionFailure",
                    400,
                    "Secrets Manager can't decrypt the protected secret text using the provided KMS key.")),
    INVALID_IDENTITY_TOKEN(
            error(
                    "InvalidIdentityToken",
                    400,
                    "No OpenIDConnect provider found in your account for the token's issuer")),
    EXPIRED_IDENTITY_TOKEN(error("ExpiredTokenException", 400, "Token expired")),
    IDENTITY_PROVIDER_UNREACHABLE(
            error("IDPCommunicationError", 400, "The identity provider could not be reached"));

    private final Effect effect;

    Fault(Effect effect) {
        this.effect = effect;
    }

    Fault(UnaryOperator<AwsResponse> change) {
        this.effect = (request, call) -> change.apply(call.get());
    }

    /**
     * The answer, spoiled; throws {@link AwsError} where that is the answer.
     *
     * @param call takes place only where something of its answer is left
     */
    AwsResponse spoil(AwsRequest request, Supplier<AwsResponse> call) {
        return effect.spoil(request, call);
    }

    private static Effect error(String code, int status, String message) {
        return error(code, code, status, message);
    }

    private static Effect error(String code, String codeOfSts, int status, String message) {
        return (request, call) -> {
            throw new AwsError(request.isSts() ? codeOfSts : code, status, message);
        };
    }

    private static Effect values(Consumer<ObjectNode> change) {
        return (request, call) -> {
            var answer = call.get();
            try {
                var body = Json.read(answer.body());
                var batch = body.path("SecretValues");
                if (batch.isMissingNode()) {
                    change.accept((ObjectNode) body);
                }
                batch.forEach(value -> change.accept((ObjectNode) value));
                return answer.withBody(Json.write(body));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private interface Effect {
        AwsResponse spoil(AwsRequest request, Supplier<AwsResponse> call);
    }
}
