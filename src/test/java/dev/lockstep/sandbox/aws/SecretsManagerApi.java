package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;

/** Secrets Manager's operations. */
final class SecretsManagerApi {

    private final SecretReads reads;
    private final SecretWrites writes;
    private final SecretAdministration administration;

    SecretsManagerApi(SecretReads reads, SecretWrites writes, SecretAdministration administration) {
        this.reads = reads;
        this.writes = writes;
        this.administration = administration;
    }

    /** Throws {@link AwsError} when the operation is refused. */
    JsonNode answer(AwsRequest request, Principal caller) {
        return switch (request.operation()) {
            case "ListSecrets" -> reads.list(request, caller);
            case "DescribeSecret" -> reads.describe(request, caller);
            case "GetSecretValue" -> reads.value(request, caller);
            case "BatchGetSecretValue" -> reads.values(request, caller);
            case "CreateSecret" -> writes.create(request, caller);
            case "PutSecretValue" -> writes.putValue(request, caller);
            case "UpdateSecretVersionStage" -> writes.moveStage(request, caller);
            case "DeleteSecret" -> administration.delete(request, caller);
            case "RestoreSecret" -> administration.restore(request, caller);
            case "TagResource" -> administration.tag(request, caller);
            case "UntagResource" -> administration.untag(request, caller);
            default ->
                    throw AwsError.badRequest(
                            "UnknownOperationException",
                            "the sandbox has no operation '" + request.operation() + "'");
        };
    }
}
