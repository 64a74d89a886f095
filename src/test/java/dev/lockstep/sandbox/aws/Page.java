package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A part of a list. Its token says after which secret the next part begins, so that secrets that go
 * between two calls hide none.
 */
record Page(List<Secret> secrets, boolean last) {

    static Page of(List<Secret> all, AwsRequest request, int most) {
        var size = request.has("MaxResults") ? request.input().get("MaxResults").asInt() : most;
        if (size < 1 || size > most) {
            throw AwsError.constraint(
                    "maxResults", "Member must have value between 1 and %d".formatted(most));
        }
        var after = request.has("NextToken") ? read(request.text("NextToken")) : -1;
        var rest = all.stream().filter(secret -> secret.sequence() > after).toList();
        return new Page(rest.subList(0, Math.min(size, rest.size())), rest.size() <= size);
    }

    void writeToken(ObjectNode answer) {
        if (!last) {
            var after = "after " + secrets.get(secrets.size() - 1).sequence();
            answer.put(
                    "NextToken",
                    Base64.getUrlEncoder().encodeToString(after.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static long read(String token) {
        try {
            var after = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return Long.parseLong(after.substring("after ".length()));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw AwsError.badRequest(
                    "InvalidNextTokenException", "The NextToken value is invalid.");
        }
    }
}
