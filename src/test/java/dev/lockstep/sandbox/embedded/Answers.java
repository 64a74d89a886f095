package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.http.MockResponse;
import java.nio.charset.StandardCharsets;

/** Responses of the API, all of them JSON. */
final class Answers {

    static final String JSON = "application/json";

    private static final int OK = 200;
    private static final int CREATED = 201;

    private Answers() {}

    static MockResponse ok(JsonNode body) {
        return json(OK, body.toString());
    }

    static MockResponse created(JsonNode body) {
        return json(CREATED, body.toString());
    }

    static MockResponse refused(Refusal refusal) {
        return json(refusal.status().getCode(), Serialization.asJson(refusal.status()));
    }

    /** A review that allows everything: there is no RBAC here. */
    static MockResponse reviewed(ObjectNode review) {
        var answer = review.deepCopy();
        var status = answer.putObject("status");
        if (review.path("kind").asText().equals("SelfSubjectRulesReview")) {
            var rule = status.put("incomplete", false).putArray("resourceRules").addObject();
            for (var field : new String[] {"apiGroups", "resources", "verbs"}) {
                rule.putArray(field).add("*");
            }
            status.putArray("nonResourceRules");
        } else {
            status.put("allowed", true);
        }
        return created(answer);
    }

    static boolean succeeded(MockResponse response) {
        return response.code() / 100 == 2;
    }

    /** What a response holds; an empty object when that is nothing. */
    static JsonNode body(MockResponse response) {
        return response.getBody() == null || response.getBody().size() == 0
                ? JsonNodeFactory.instance.objectNode()
                : Json.read(new String(response.getBody().getBytes(), StandardCharsets.UTF_8));
    }

    /** What the mock server stored, or else its refusal. */
    static JsonNode stored(MockResponse response) {
        var body = body(response);
        if (!succeeded(response)) {
            throw Refusal.of(response.code(), body.path("message").asText());
        }
        return body;
    }

    private static MockResponse json(int code, String body) {
        return new MockResponse()
                .setResponseCode(code)
                .setHeader("Content-Type", JSON)
                .setBody(body);
    }
}
