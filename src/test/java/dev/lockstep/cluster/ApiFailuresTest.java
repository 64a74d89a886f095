package dev.lockstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.source.SecretBytes;
import dev.lockstep.sync.WriteFailure;
import dev.lockstep.sync.WriteFailure.Reason;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are told of the API server's refusals, and what they must not be told. */
class ApiFailuresTest {
    private static final String CANARY = "canary-7f3e";
    private static final List<SecretBytes> VALUES =
            List.of(SecretBytes.ofUtf8("{\"user\": \"a\", \"password\": \"" + CANARY + "\"}"));

    static Stream<Arguments> anAnswer() {
        return Stream.of(
                argumentSet(
                        "denied by RBAC",
                        answer(
                                403,
                                "secrets \"db\" is forbidden: User \"system:serviceaccount:ops:lockstep\" cannot create resource \"secrets\" in API group \"\" in the namespace \"team\""),
                        Reason.API_DENIED,
                        "Secret team/db cannot be written: User \"system:serviceaccount:ops:lockstep\" cannot create resource \"secrets\" in API group \"\" in the namespace \"team\"; grant that verb to the operator's role"),
                argumentSet(
                        "denied by a policy",
                        answer(
                                403,
                                "admission webhook \"p.example.org\" denied: label team is due"),
                        Reason.API_DENIED,
                        "Secret team/db is refused by an admission policy or quota (admission webhook \"p.example.org\" denied: label team is due): change the policy or spec.target"),
                argumentSet(
                        "namespace ends",
                        caused(403, "NamespaceTerminating", "metadata.namespace", "terminates"),
                        Reason.API_DENIED,
                        "Secret team/db is not made: its namespace is being deleted"),
                argumentSet(
                        "no namespace",
                        answer(404, "namespaces \"team\" not found"),
                        Reason.API_DENIED,
                        "Secret team/db cannot be written: its namespace does not exist"),
                argumentSet(
                        "invalid",
                        caused(422, "FieldValueRequired", "data[tls.crt]", "Required value"),
                        Reason.INVALID_SPEC,
                        "Kubernetes refuses Secret team/db as invalid (data[tls.crt]: Required value): correct spec.target or the data"),
                argumentSet(
                        "too large",
                        answer(413, "too large"),
                        Reason.TARGET_TOO_LARGE,
                        "Secret team/db is too large for the Kubernetes API: split it over several ExternalSecrets or pick properties"),
                argumentSet(
                        "token expired",
                        answer(401, "Unauthorized"),
                        Reason.API_DENIED,
                        "the Kubernetes API does not accept the operator's token for Secret team/db: check the ServiceAccount and its token mount"),
                argumentSet(
                        "overloaded",
                        answer(429, "slow down"),
                        Reason.UNREACHABLE,
                        "Secret team/db is not written yet: the Kubernetes API gives no usable answer (too many requests); Lockstep tries again"),
                argumentSet(
                        "broken",
                        answer(503, "etcd is " + CANARY),
                        Reason.UNREACHABLE,
                        "Secret team/db is not written yet: the Kubernetes API gives no usable answer (HTTP 503); Lockstep tries again"));
    }

    @ParameterizedTest
    @MethodSource
    void anAnswer(KubernetesClientException answer, Reason reason, String message) {
        assertThat(ApiFailures.of("Secret team/db", VALUES, answer))
                .isEqualTo(new WriteFailure(reason, message));
    }

    static Stream<Arguments> noAnswer() {
        return Stream.of(
                argumentSet("refused", new ConnectException("10.0.0.1"), "connection refused"),
                argumentSet("too late", new TimeoutException(), "timeout"));
    }

    @ParameterizedTest
    @MethodSource
    void noAnswer(Exception cause, String detail) {
        var failure = ApiFailures.of("x", VALUES, new KubernetesClientException(CANARY, cause));

        assertThat(failure.passing()).isTrue();
        assertThat(failure.message()).contains("(" + detail + ")").doesNotContain("10.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Invalid value: \"" + CANARY + "\": must be a path",
                "Invalid value: \"{\\\"password\\\": \\\"" + CANARY + "\\\"}\": is no manifest",
                "Invalid value: map[string]string{password:" + CANARY + "}: must be text",
                "Invalid value: " + CANARY + ": must be: a number",
                "Unsupported value: \"" + CANARY + "\": supported values: \"a\"",
                "value " + CANARY + " is not wanted here"
            })
    void whatAnInvalidFieldHeld_isLeftOut(String words) {
        var failure = ApiFailures.of("x", VALUES, caused(422, "FieldValueInvalid", "data", words));

        assertThat(failure.reason()).isEqualTo(Reason.INVALID_SPEC);
        assertThat(failure.message()).doesNotContain(CANARY);
    }

    @Test
    void whatIsWrongWithAnInvalidField_isKept() {
        var words = "Invalid value: \"" + CANARY + "\": must be no more than 63 characters";

        assertThat(
                        ApiFailures.of("x", VALUES, caused(422, "r", "metadata.labels", words))
                                .message())
                .contains("metadata.labels: Invalid value: must be no more than 63 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "denied the request: password " + CANARY + " is weak",
                "denied the request: eyJ1c2VyIjogImEiLCAicGFzc3dvcmQiOiAiY2FuYXJ5LTdmM2UifQ==",
                "denied the request: {\\\"password\\\": \\\"" + CANARY + "\\\"}"
            })
    void aPolicyThatQuotesAValue_isNotQuoted(String words) {
        var failure = ApiFailures.of("x", VALUES, answer(403, words));

        assertThat(failure.message())
                .isEqualTo(
                        "x is refused by an admission policy or quota (its answer quotes a value, so it is left out here): change the policy or spec.target");
    }

    private static KubernetesClientException answer(int code, String message) {
        return new KubernetesClientException(
                "Failure executing: " + message, code, status(code, message).build());
    }

    private static KubernetesClientException caused(
            int code, String reason, String field, String message) {
        var status =
                status(code, "Secret \"db\" is invalid: " + field + ": " + message)
                        .withNewDetails()
                        .addNewCause(field, message, reason)
                        .endDetails()
                        .build();
        return new KubernetesClientException(message, code, status);
    }

    private static StatusBuilder status(int code, String message) {
        return new StatusBuilder(new Status()).withCode(code).withMessage(message);
    }
}
