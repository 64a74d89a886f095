package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;

/** ServiceAccount tokens in the shape of a cluster's, with every claim, signed by nobody. */
final class TokenRequests {

    private static final String ISSUER = "https://kubernetes.default.svc.cluster.local";
    private static final int DEFAULT_SECONDS = 3600;
    private static final int LEAST_SECONDS = 600;

    private final Clock clock;

    TokenRequests(Clock clock) {
        this.clock = clock;
    }

    /** The TokenRequest with its status filled in. */
    ObjectNode answer(ObjectNode request, JsonNode serviceAccount) {
        var seconds = request.at("/spec/expirationSeconds").asInt(DEFAULT_SECONDS);
        if (seconds < LEAST_SECONDS) {
            throw Refusal.invalid(
                    "spec.expirationSeconds: Invalid value: " + seconds + ": at least 10 minutes");
        }
        var audiences = request.at("/spec/audiences").deepCopy();
        if (audiences.isEmpty()) {
            audiences = JsonNodeFactory.instance.arrayNode().add(ISSUER);
        }
        var issued = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var expires = issued.plusSeconds(seconds);
        var namespace = serviceAccount.at("/metadata/namespace").asText();
        var name = serviceAccount.at("/metadata/name").asText();

        var claims = JsonNodeFactory.instance.objectNode();
        claims.set("aud", audiences);
        claims.put("exp", expires.getEpochSecond());
        claims.put("iat", issued.getEpochSecond());
        claims.put("nbf", issued.getEpochSecond());
        claims.put("iss", ISSUER);
        claims.put("jti", UUID.randomUUID().toString());
        claims.put("sub", "system:serviceaccount:" + namespace + ":" + name);
        var kubernetes = claims.putObject("kubernetes.io");
        kubernetes.put("namespace", namespace);
        kubernetes
                .putObject("serviceaccount")
                .put("name", name)
                .put("uid", serviceAccount.at("/metadata/uid").asText());

        var answer = request.deepCopy();
        answer.putObject("status")
                .put("token", unsigned(claims))
                .put("expirationTimestamp", expires.toString());
        return answer;
    }

    private static String unsigned(JsonNode claims) {
        var header = "{\"alg\":\"none\",\"typ\":\"JWT\"}";
        return part(header) + "." + part(claims.toString()) + "." + part("unsigned");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
