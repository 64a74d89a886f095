package dev.lockstep.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a resource of a newer or another API holds survives parsing, and is found. */
class UnknownTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{foo: 1} | spec.foo",
                "{target: {foo: {a: b}}} | spec.target.foo",
                "{target: {template: {metadata: {foo: a}}}} | spec.target.template.metadata.foo",
                "{data: [{secretKey: a}, {secretKey: b, remoteRef: {key: k, foo: x}}]}"
                        + " | spec.data[1].remoteRef.foo",
                "{dataFrom: [{rewrite: [{merge: {foo: x}}]}]} | spec.dataFrom[0].rewrite[0].merge.foo",
                "{refreshPolicy: Sometimes} | spec.refreshPolicy: Sometimes",
                "{secretStoreRef: {kind: Shop}} | spec.secretStoreRef.kind: Shop",
                "{syncWindows: {kind: maybe}} | spec.syncWindows.kind: maybe",
                "{target: {creationPolicy: Lease}} | spec.target.creationPolicy: Lease",
                "{dataFrom: [{find: {nullBytePolicy: Keep}}]}"
                        + " | spec.dataFrom[0].find.nullBytePolicy: Keep",
            })
    void unknownFieldsAndValuesOfAnExternalSecretAreFoundByPath(String spec, String unknown) {
        var resource = parse("{metadata: {name: a}, spec: " + spec + "}", ExternalSecret.class);

        assertThat(resource.unknown()).extracting(Unknown::toString).containsExactly(unknown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{provider: {vault: {server: https://v}}} | spec.provider.vault",
                "{provider: {aws: {service: S3}}} | spec.provider.aws.service: S3",
                "{provider: {aws: {auth: {secretRef: {foo: x}}}}}"
                        + " | spec.provider.aws.auth.secretRef.foo",
                "{provider: {aws: {versionWatch: {mode: Guess}}}}"
                        + " | spec.provider.aws.versionWatch.mode: Guess",
                "{conditions: [{foo: x}]} | spec.conditions[0].foo",
            })
    void unknownFieldsAndValuesOfAStoreAreFoundByPath(String spec, String unknown) {
        var resource = parse("{metadata: {name: a}, spec: " + spec + "}", SecretStore.class);

        assertThat(resource.unknown()).extracting(Unknown::toString).containsExactly(unknown);
    }

    @Test
    void unknownFieldsSurviveACloneAndAreWrittenBackUnchanged() {
        var spec = "{foo: {bar: [1, {baz: true}]}, data: [{secretKey: a, remoteRef: {new: x}}]}";
        var resource = parse("{metadata: {name: a}, spec: " + spec + "}", ExternalSecret.class);

        var clone = SERIALIZATION.clone(resource);

        assertThat(clone.unknown())
                .containsExactly(
                        new Unknown("spec.data[0].remoteRef.new", null),
                        new Unknown("spec.foo", null));
        assertThat(clone.spec()).isEqualTo(resource.spec());
        assertThat(SERIALIZATION.asJson(clone)).contains("\"foo\":{\"bar\":[1,{\"baz\":true}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{refreshPolicy: null}",
                "{refreshPolicy: \"\"}",
                "{foo: null}",
                "{target: null, data: null, dataFrom: null, syncWindows: null}",
                "{target: {template: {data: {a: null}}}}",
            })
    void nullAndEmptyMeanAbsent(String spec) {
        var resource = parse("{metadata: {name: a}, spec: " + spec + "}", ExternalSecret.class);

        assertThat(resource.unknown()).isEmpty();
        assertThat(resource.spec().refreshPolicyOrDefault()).isEqualTo(RefreshPolicy.Periodic);
        assertThat(resource.spec().target().creationPolicyOrDefault())
                .isEqualTo(CreationPolicy.Owner);
        assertThat(resource.spec().data()).isEmpty();
    }

    @Test
    void aResourceWithoutSpecAndStatusIsEmptyRatherThanNull() {
        var secret = parse("{metadata: {name: a}}", ExternalSecret.class);
        var store = parse("{metadata: {name: a}}", ClusterSecretStore.class);

        assertThat(secret.spec().data()).isEmpty();
        assertThat(secret.status().conditions()).isEmpty();
        assertThat(secret.targetName()).isEqualTo("a");
        assertThat(store.spec().provider().aws()).isNull();
        assertThat(store.controller()).isEmpty();
        assertThat(store.status().condition(Condition.READY)).isEmpty();
    }

    @Test
    void unknownStatusFieldsAreNoTrouble() {
        var secret =
                parse(
                        "{metadata: {name: a}, other: 1, status: {foo: 1, conditions: [{type: Ready,"
                                + " status: 'True', foo: 1}], sources: [{key: k, foo: 1}]}}",
                        ExternalSecret.class);

        assertThat(secret.status().condition(Condition.READY))
                .hasValueSatisfying(ready -> assertThat(ready.holds()).isTrue());
        assertThat(secret.status().sources()).extracting(SourceStatus::key).isEqualTo(List.of("k"));
    }

    private static <T> T parse(String yaml, Class<T> type) {
        return SERIALIZATION.unmarshal("---\n" + yaml, type);
    }
}
