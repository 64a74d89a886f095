package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Which operations there are, without the SDK in between. */
class OperationsTest extends EmbeddedAwsFixture {

    static final Set<String> SECRETS_MANAGER = Operations.SECRETS_MANAGER;
    static final Set<String> STS = Operations.STS;

    private final HttpClient http = HttpClient.newHttpClient();

    @ParameterizedTest
    @FieldSource("SECRETS_MANAGER")
    void anOperationOfSecretsManager_isThere(String operation) throws Exception {
        assertThat(secretsManager(operation, "{}").body()).doesNotContain("UnknownOperation");
    }

    @ParameterizedTest
    @FieldSource("STS")
    void anOperationOfSts_isThere(String operation) throws Exception {
        assertThat(sts(operation).body()).doesNotContain("InvalidAction");
    }

    @Test
    void anyOther_isRefusedByName() throws Exception {
        var rotate = secretsManager("RotateSecret", "{}");
        var federate = sts("GetFederationToken");

        assertThat(rotate.statusCode()).isEqualTo(400);
        assertThat(rotate.body()).contains("UnknownOperationException", "RotateSecret");
        assertThat(federate.statusCode()).isEqualTo(400);
        assertThat(federate.body()).contains("<Code>InvalidAction</Code>", "GetFederationToken");
    }

    @Test
    void anyOther_cannotBeSwitched() {
        assertThatThrownBy(() -> aws.iam().deny("GetSecret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("GetSecret ");
        assertThatThrownBy(() -> aws.faults().on("GetSecret", Fault.THROTTLED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> aws.faults().hold("GetSecret"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyAnswer_hasARequestId() throws Exception {
        assertThat(secretsManager("ListSecrets", "{}").headers().firstValue("x-amzn-RequestId"))
                .isPresent();
        assertThat(sts("GetCallerIdentity").headers().firstValue("x-amzn-RequestId")).isPresent();
    }

    @Test
    void aBodyThatIsNotJson_isRefused() throws Exception {
        var response = secretsManager("ListSecrets", "{");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("SerializationException");
    }

    private HttpResponse<String> secretsManager(String operation, String body)
            throws IOException, InterruptedException {
        return send(
                signed("secretsmanager")
                        .header("X-Amz-Target", "secretsmanager." + operation)
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> sts(String action) throws IOException, InterruptedException {
        var form = "Action=" + action + "&Version=2011-06-15";
        return send(signed("sts").POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpRequest.Builder signed(String service) {
        var credential = "Credential=AKIDTEST/20260101/" + REGION + "/" + service + "/aws4_request";
        return HttpRequest.newBuilder(endpoint())
                .header("Authorization", "AWS4-HMAC-SHA256 " + credential);
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
