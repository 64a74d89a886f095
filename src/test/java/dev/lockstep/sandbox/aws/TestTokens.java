package dev.lockstep.sandbox.aws;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** Tokens in the shape of a ServiceAccount's, signed by nobody. */
final class TestTokens {

    static final String AUDIENCE = "sts.amazonaws.com";

    private TestTokens() {}

    static String of(String subject, Instant expiration) {
        var claims =
                "{\"iss\": \"https://cluster\", \"sub\": \"%s\", \"aud\": [\"%s\"], \"exp\": %d}"
                        .formatted(subject, AUDIENCE, expiration.getEpochSecond());
        return part("{\"alg\": \"none\"}") + "." + part(claims) + "." + part("unsigned");
    }

    private static String part(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
