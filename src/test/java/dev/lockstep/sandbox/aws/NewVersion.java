package dev.lockstep.sandbox.aws;

import dev.lockstep.source.SecretBytes;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The version that a request brings: its id is the client's token. */
final class NewVersion {

    private static final int SHORTEST_TOKEN = 32;
    private static final int LONGEST_TOKEN = 64;
    private static final int MOST_BYTES = 65_536;

    private NewVersion() {}

    /** Empty when the request has no value. */
    static Optional<Version> of(AwsRequest request, Set<String> stages, Instant now) {
        var binary = request.has("SecretBinary");
        if (binary && request.has("SecretString")) {
            throw AwsError.invalidParameter(
                    "You can't specify both a binary secret value and a string secret value in the same secret.");
        }
        if (!binary && !request.has("SecretString")) {
            return Optional.empty();
        }
        var value = binary ? bytes(request) : SecretBytes.ofUtf8(request.text("SecretString"));
        if (value.length() < 1 || value.length() > MOST_BYTES) {
            throw AwsError.constraint(
                    binary ? "secretBinary" : "secretString",
                    "Member must have length between 1 and " + MOST_BYTES);
        }
        return Optional.of(new Version(id(request), value, binary, stages, now));
    }

    private static String id(AwsRequest request) {
        if (!request.has("ClientRequestToken")) {
            return UUID.randomUUID().toString();
        }
        var token = request.text("ClientRequestToken");
        if (token.length() < SHORTEST_TOKEN || token.length() > LONGEST_TOKEN) {
            throw AwsError.invalidParameter("ClientRequestToken must be 32-64 characters long.");
        }
        return token;
    }

    private static SecretBytes bytes(AwsRequest request) {
        try {
            return SecretBytes.of(request.input().get("SecretBinary").binaryValue());
        } catch (IOException e) {
            throw AwsError.badRequest("SerializationException", "SecretBinary is not base64");
        }
    }
}
