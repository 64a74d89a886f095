package dev.lockstep.sandbox.embedded;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.List;

/** An answer other than success, with the Status body that a Kubernetes API sends. */
final class Refusal extends RuntimeException {

    private final transient Status status;

    private Refusal(int code, String reason, String message, List<StatusCause> causes) {
        super(message);
        status =
                new StatusBuilder()
                        .withStatus("Failure")
                        .withCode(code)
                        .withReason(reason)
                        .withMessage(message)
                        .withNewDetails()
                        .withCauses(causes)
                        .endDetails()
                        .build();
    }

    static Refusal badRequest(String message) {
        return new Refusal(400, "BadRequest", message, List.of());
    }

    static Refusal notFound(String what) {
        return new Refusal(404, "NotFound", what + " not found", List.of());
    }

    static Refusal alreadyExists(String what) {
        return new Refusal(409, "AlreadyExists", what + " already exists", List.of());
    }

    static Refusal conflict(String message) {
        return new Refusal(409, "Conflict", message, List.of());
    }

    static Refusal conflict(String message, List<StatusCause> causes) {
        return new Refusal(409, "Conflict", message, causes);
    }

    static Refusal unsupportedMediaType(String contentType) {
        var message = "the body of the request was in an unknown format: " + contentType;
        return new Refusal(415, "UnsupportedMediaType", message, List.of());
    }

    static Refusal invalid(String message) {
        return new Refusal(422, "Invalid", message, List.of());
    }

    static Refusal of(int code, String message) {
        return new Refusal(code, code == 409 ? "Conflict" : "Invalid", message, List.of());
    }

    static Refusal internal(RuntimeException cause) {
        var refusal = new Refusal(500, "InternalError", cause.toString(), List.of());
        refusal.initCause(cause);
        return refusal;
    }

    Status status() {
        return status;
    }
}
