package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/**
 * A request as it arrived, whatever became of it.
 *
 * @param accessKeyId empty when it was not signed
 * @param principal ARN of who has that key; empty when it was not signed
 * @param parameters the operation's input, but for values and tokens
 */
public record RecordedRequest(
        String operation,
        String accessKeyId,
        String principal,
        String region,
        JsonNode parameters) {

    private static final Set<String> SENSITIVE =
            Set.of("SecretString", "SecretBinary", "WebIdentityToken");

    static RecordedRequest of(AwsRequest request, String principal) {
        var parameters = request.input().deepCopy();
        if (parameters instanceof ObjectNode object) {
            object.remove(SENSITIVE);
        }
        return new RecordedRequest(
                request.operation(),
                request.signature().accessKeyId(),
                principal,
                request.signature().region(),
                parameters);
    }

    /** The secrets asked for by name or ARN: one, a batch, or none. */
    public List<String> secretIds() {
        return parameters.hasNonNull("SecretId")
                ? List.of(parameters.get("SecretId").asText())
                : Json.texts(parameters.path("SecretIdList"));
    }

    /** A parameter as text; empty when it was not given. */
    public String parameter(String name) {
        return parameters.path(name).asText("");
    }
}
