package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Specs that cannot be served, on an ExternalSecret that was in step: the condition says why, and
 * the Secret is left as it is. The embedded API has no schema, as ESO's CRDs have no rules.
 */
class BadSpecTest {
    private final Sandbox sandbox = Sandbox.start();
    private String resourceVersion;

    @BeforeEach
    void begin() {
        sandbox.inStep();
        resourceVersion = sandbox.secret().getMetadata().getResourceVersion();
    }

    @AfterEach
    void assertSecretUntouched() {
        var secret = sandbox.secret();
        var data = sandbox.data();
        sandbox.close();
        assertThat(data).isEqualTo(Sandbox.DATA);
        assertThat(secret.getMetadata().getResourceVersion()).isEqualTo(resourceVersion);
    }

    @ParameterizedTest
    @MethodSource
    void badSpec_isToldInReady(String spec, String reason, String message) {
        sandbox.apply(externalSecret(spec));
        assertThat(sandbox.awaitReady(reason).message()).contains(message);
    }

    static Stream<Arguments> badSpec_isToldInReady() {
        var password = Sandbox.PASSWORD;
        return Stream.of(
                argumentSet(
                        "interval",
                        password + "\nrefreshInterval: soon",
                        "InvalidSpec",
                        "spec.refreshInterval"),
                argumentSet(
                        "unknown value",
                        password + "\nrefreshPolicy: Sometimes",
                        "NotSupported",
                        "spec.refreshPolicy"),
                argumentSet("unknown field", password + "\nbeta: 1", "NotSupported", "spec.beta"),
                argumentSet(
                        "not served",
                        password + "\ntarget: {manifest: {apiVersion: v1, kind: ConfigMap}}",
                        "NotSupported",
                        "spec.target.manifest"),
                argumentSet(
                        "no template",
                        password + "\ntarget: {template: {data: {a: '{{ .password'}}}",
                        "TemplateFailed",
                        "spec.target.template.data[a]: template a, line 1"),
                argumentSet(
                        "no such function",
                        password + "\ntarget: {template: {data: {a: '{{ env \"HOME\" }}'}}}",
                        "TemplateFailed",
                        "spec.target.template.data[a]: template a, line 1"),
                argumentSet(
                        "value that was not fetched",
                        password + "\ntarget: {template: {data: {a: '{{ .user }}'}}}",
                        "TemplateFailed",
                        "template a, line 1, column 3, at <.user>"),
                argumentSet(
                        "template that never ends",
                        password
                                + "\ntarget: {template: {data: {a: '{{ define \"x\" }}{{ template \"x\" }}{{ end }}{{ template \"x\" }}'}}}",
                        "TemplateFailed",
                        "template x, line 1"),
                argumentSet(
                        "text that is no map",
                        password
                                + "\ntarget: {template: {templateFrom: [{literal: '{{ .password }}'}]}}",
                        "TemplateFailed",
                        "templateFrom[0].literal: it makes no YAML map"),
                argumentSet(
                        "label that Kubernetes does not allow",
                        password
                                + "\ntarget: {template: {metadata: {labels: {a: '{{ .password }} b'}}}}",
                        "TemplateFailed",
                        "spec.target.template.metadata.labels[a]: it makes a label's value"),
                argumentSet(
                        "templates in the target itself",
                        password
                                + "\ntarget: {template: {templateFrom: [{secret: {name: database, items: [{key: a}]}}]}}",
                        "InvalidSpec",
                        "templateFrom[0].secret.name"),
                argumentSet(
                        "token of a ServiceAccount",
                        password
                                + "\ntarget: {template: {type: kubernetes.io/service-account-token, templateFrom: [{target: ANNOTATIONS, literal: 'a: b'}]}}",
                        "InvalidSpec",
                        "spec.target.template.type"),
                argumentSet(
                        "transform",
                        "dataFrom: [{extract: {key: prod/database}, rewrite: [{transform: {template: '{{ .other }}'}}]}]",
                        "TemplateFailed",
                        "spec.dataFrom[0].rewrite[0].transform.template"),
                argumentSet(
                        "regular expression",
                        "dataFrom: [{extract: {key: prod/database}, rewrite: [{regexp: {source: '(', target: a}}]}]",
                        "InvalidSpec",
                        "spec.dataFrom[0].rewrite[0].regexp.source"),
                argumentSet(
                        "merge without its key",
                        "dataFrom: [{extract: {key: prod/database}, rewrite: [{merge: {strategy: JSON}}]}]",
                        "InvalidSpec",
                        "spec.dataFrom[0].rewrite[0].merge.into"),
                argumentSet(
                        "merge of what is no JSON",
                        "dataFrom: [{extract: {key: prod/database}, rewrite: [{merge: {}}]}]",
                        "NotJson",
                        "spec.dataFrom[0].rewrite[0]: secret prod/database: the value of key password"),
                argumentSet(
                        "rewritten to an illegal key",
                        "dataFrom: [{extract: {key: prod/database}, rewrite: [{regexp: {source: '^', target: 'a b '}}]}]",
                        "InvalidKey",
                        "a b password"),
                argumentSet(
                        "illegal key",
                        "data: [{secretKey: 'a b', remoteRef: {key: prod/database}}]",
                        "InvalidKey",
                        "a b"),
                argumentSet(
                        "illegal key by extract",
                        "dataFrom: [{extract: {key: prod/spaces}}]",
                        "NotFound",
                        "prod/spaces"),
                argumentSet(
                        "secret missing",
                        "data: [{secretKey: a, remoteRef: {key: prod/nothing}}]",
                        "NotFound",
                        "no secret prod/nothing in region eu-central-1"),
                argumentSet(
                        "store missing",
                        "secretStoreRef: {name: other}\n" + password,
                        "StoreNotFound",
                        "there is no SecretStore other in namespace default"),
                argumentSet(
                        "another region's ARN",
                        "data: [{secretKey: a, remoteRef: {key: 'arn:aws:secretsmanager:us-west-2:123456789012:secret:a-AbCdEf'}}]",
                        "WrongRegion",
                        "another region than the store's eu-central-1"));
    }

    @Test
    void overOneMebibyte_isTargetTooLarge() {
        sandbox.create("prod/large", "x".repeat(60_000));
        var entries = new StringBuilder("data:\n");
        for (var i = 0; i < 18; i++) {
            entries.append("  - {secretKey: k%d, remoteRef: {key: prod/large}}\n".formatted(i));
        }
        sandbox.apply(externalSecret(entries.toString()));
        assertThat(sandbox.awaitReady("TargetTooLarge").message())
                .contains("1080000 bytes", "1048576", "split it");
    }

    @Test
    void aTypeThatKubernetesDoesNotLetChange_isTargetImmutable() {
        sandbox.apply(
                externalSecret(
                        Sandbox.PASSWORD
                                + "\ntarget: {template: {type: kubernetes.io/basic-auth}}"));
        assertThat(sandbox.awaitReady("TargetImmutable").message())
                .contains("kubernetes.io/basic-auth");
    }

    @Test
    void twoExternalSecretsOnOneSecret_areAConflictOfTheSecond() {
        sandbox.apply(
                externalSecret(Sandbox.PASSWORD + "\ntarget: {name: database}")
                        .replace("metadata: {name: database,", "metadata: {name: second,"));
        var condition =
                sandbox.operator()
                        .awaitExternalSecret("default", "second", "Ready", "TargetConflict");
        assertThat(condition.message()).contains("is owned by ExternalSecret database");
    }

    @Test
    void afterTheSpecIsRight_itIsSynced() {
        sandbox.apply(externalSecret(Sandbox.PASSWORD + "\nrefreshInterval: soon"));
        sandbox.awaitReady("InvalidSpec");
        sandbox.apply(externalSecret(Sandbox.PASSWORD));
        sandbox.awaitReady("SecretSynced");
        assertThat(sandbox.data()).isEqualTo(Map.of("password", "first"));
    }
}
