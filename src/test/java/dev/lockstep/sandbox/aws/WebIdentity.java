package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * What a ServiceAccount's token says of itself; its signature is not looked at.
 *
 * @param subject {@code system:serviceaccount:<namespace>:<name>}
 */
public record WebIdentity(
        String issuer, String subject, List<String> audiences, Instant expiration) {

    static WebIdentity parse(String token) {
        var parts = token.split("\\.");
        if (parts.length == 3) {
            try {
                return of(Json.read(Base64.getUrlDecoder().decode(parts[1])));
            } catch (IllegalArgumentException | IOException e) {
                throw notAToken();
            }
        }
        throw notAToken();
    }

    private static WebIdentity of(JsonNode claims) {
        var audience = claims.path("aud");
        return new WebIdentity(
                claims.path("iss").asText(),
                claims.path("sub").asText(),
                audience.isArray() ? Json.texts(audience) : List.of(audience.asText()),
                Instant.ofEpochSecond(claims.path("exp").asLong()));
    }

    private static AwsError notAToken() {
        return AwsError.badRequest(
                "InvalidIdentityToken", "The ID Token provided is not a valid JWT.");
    }
}
