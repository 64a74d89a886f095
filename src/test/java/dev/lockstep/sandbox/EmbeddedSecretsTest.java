package dev.lockstep.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Secrets and ServiceAccount tokens on the embedded API. */
class EmbeddedSecretsTest {

    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String SECRET = SECRETS + "/database";

    private final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final RawApi api = new RawApi(kubernetes.url());

    @AfterEach
    void stop() {
        kubernetes.close();
    }

    @Test
    void aSecretsStringData_becomesData_andItsTypeIsOpaque() {
        var answer =
                api.post(
                        SECRETS,
                        object("Secret", "database", "\"stringData\": {\"user\": \"app\"}"));

        assertThat(answer.body().at("/data")).hasToString("{\"user\":\"YXBw\"}");
        assertThat(answer.body().has("stringData")).isFalse();
        assertThat(answer.text("/type")).isEqualTo("Opaque");
    }

    @Test
    void anImmutableSecret_keepsItsData_butTakesLabels() {
        api.post(
                SECRETS,
                object(
                        "Secret",
                        "database",
                        "\"immutable\": true, \"stringData\": {\"user\": \"app\"}"));

        var change = api.patch(SECRET, RawApi.MERGE_PATCH, "{\"data\": {\"user\": \"eA==\"}}");
        var release = api.patch(SECRET, RawApi.MERGE_PATCH, "{\"immutable\": false}");
        var label = "{\"metadata\": {\"labels\": {\"team\": \"a\"}}}";

        assertThat(change.code()).isEqualTo(422);
        assertThat(change.text("/message")).contains("immutable");
        assertThat(release.code()).isEqualTo(422);
        assertThat(api.patch(SECRET, RawApi.MERGE_PATCH, label).code()).isEqualTo(200);
        assertThat(api.get(SECRET).text("/data/user")).isEqualTo("YXBw");
    }

    @Test
    void theTypeOfASecret_cannotChange() {
        api.post(SECRETS, object("Secret", "database", "\"data\": {}"));

        var answer = api.patch(SECRET, RawApi.MERGE_PATCH, "{\"type\": \"kubernetes.io/tls\"}");

        assertThat(answer.code()).isEqualTo(422);
    }

    @Test
    void aToken_namesItsServiceAccount_audienceAndEnd() throws IOException {
        api.post(
                "/api/v1/namespaces/default/serviceaccounts",
                object("ServiceAccount", "reader", "\"secrets\": []"));

        var answer =
                api.post(
                        "/api/v1/namespaces/default/serviceaccounts/reader/token",
                        "{\"spec\": {\"audiences\": [\"sts.amazonaws.com\"],"
                                + " \"expirationSeconds\": 900}}");

        assertThat(answer.code()).isEqualTo(201);
        var parts = answer.text("/status/token").split("\\.");
        assertThat(parts).hasSize(3);
        var claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.get("sub").asText()).isEqualTo("system:serviceaccount:default:reader");
        assertThat(claims.get("aud")).hasToString("[\"sts.amazonaws.com\"]");
        assertThat(claims.at("/kubernetes.io/serviceaccount/uid").asText()).isNotEmpty();
        var issued = Instant.ofEpochSecond(claims.get("iat").asLong());
        assertThat(Instant.parse(answer.text("/status/expirationTimestamp")))
                .isEqualTo(issued.plus(Duration.ofMinutes(15)))
                .isEqualTo(Instant.ofEpochSecond(claims.get("exp").asLong()));
    }

    @Test
    void noToken_forAnAbsentServiceAccount_orOneTooShort() {
        var accounts = "/api/v1/namespaces/default/serviceaccounts";
        api.post(accounts, object("ServiceAccount", "reader", "\"secrets\": []"));

        assertThat(api.post(accounts + "/nobody/token", "{\"spec\": {}}").code()).isEqualTo(404);
        var tooShort = "{\"spec\": {\"expirationSeconds\": 60}}";
        assertThat(api.post(accounts + "/reader/token", tooShort).code()).isEqualTo(422);
    }

    private static String object(String kind, String name, String rest) {
        return "{\"apiVersion\": \"v1\", \"kind\": \"%s\", \"metadata\": {\"name\": \"%s\"}, %s}"
                .formatted(kind, name, rest);
    }
}
