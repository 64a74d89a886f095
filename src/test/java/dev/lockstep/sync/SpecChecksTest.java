package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.api.ExternalSecret;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SpecChecksTest {
    private static final String STORE = "secretStoreRef: {name: aws}\n";
    private static final String DATA = "data: [{secretKey: a, remoteRef: {key: db}}]\n";

    @ParameterizedTest
    @MethodSource
    void wrongSpec_isInvalid_andTheMessageNamesTheField(String spec, String path, String message) {
        var problem = SpecChecks.firstProblem(externalSecret(spec)).orElseThrow();
        assertThat(problem.reason()).isEqualTo(SpecProblem.Reason.INVALID_SPEC);
        assertThat(problem.path()).isEqualTo(path);
        assertThat(problem.message()).contains(message);
    }

    static Stream<Arguments> wrongSpec_isInvalid_andTheMessageNamesTheField() {
        return Stream.of(
                argumentSet(
                        "interval",
                        STORE + DATA + "refreshInterval: 1day",
                        "spec.refreshInterval",
                        "1day is not a duration"),
                argumentSet(
                        "Delete of a Secret that is not ours",
                        STORE + DATA + "target: {creationPolicy: Merge, deletionPolicy: Delete}",
                        "spec.target.deletionPolicy",
                        "Delete needs creationPolicy Owner"),
                argumentSet(
                        "Delete of nothing",
                        STORE + DATA + "target: {creationPolicy: None, deletionPolicy: Delete}",
                        "spec.target.deletionPolicy",
                        "choose Retain"),
                argumentSet(
                        "Delete of a shared Secret",
                        STORE
                                + DATA
                                + "target: {creationPolicy: CreateOrMerge, deletionPolicy: Delete}",
                        "spec.target.deletionPolicy",
                        "choose Retain"),
                argumentSet(
                        "Merge into nothing",
                        STORE + DATA + "target: {creationPolicy: None, deletionPolicy: Merge}",
                        "spec.target.deletionPolicy",
                        "Merge writes"),
                argumentSet("nothing asked", STORE, "spec", "neither data nor dataFrom"),
                argumentSet(
                        "an empty dataFrom",
                        STORE + "dataFrom: [{}]",
                        "spec.dataFrom[0]",
                        "asks for nothing"),
                argumentSet(
                        "two in one dataFrom",
                        STORE + "dataFrom: [{extract: {key: a}, find: {path: b}}]",
                        "spec.dataFrom[0]",
                        "exclude each other"),
                argumentSet(
                        "two in one sourceRef",
                        STORE
                                + "data: [{secretKey: a, remoteRef: {key: db}, sourceRef: {storeRef:"
                                + " {name: x}, generatorRef: {kind: Fake, name: y}}}]",
                        "spec.data[0].sourceRef",
                        "exactly one of"),
                argumentSet(
                        "no remote key",
                        STORE + "data: [{secretKey: a, remoteRef: {}}]",
                        "spec.data[0].remoteRef.key",
                        "is empty"),
                argumentSet(
                        "no key",
                        STORE + "data: [{remoteRef: {key: db}}]",
                        "spec.data[0].secretKey",
                        "is empty"),
                argumentSet("no store", DATA, "spec.data[0]", "no store to read from"),
                argumentSet(
                        "no store to extract from",
                        "dataFrom: [{extract: {key: db}}]",
                        "spec.dataFrom[0]",
                        "no store to read from"),
                argumentSet(
                        "one key twice",
                        STORE
                                + "data: [{secretKey: a, remoteRef: {key: b}}, {secretKey: a,"
                                + " remoteRef: {key: c}}]",
                        "spec.data",
                        "two entries write the key a"),
                argumentSet(
                        "a bootstrap token",
                        STORE + DATA + "target: {template: {type: bootstrap.kubernetes.io/token}}",
                        "spec.target.template.type",
                        "made by Kubernetes alone"),
                argumentSet(
                        "a ServiceAccount's token",
                        STORE
                                + DATA
                                + "target: {template: {type: kubernetes.io/service-account-token,"
                                + " metadata: {annotations: {kubernetes.io/service-account.name:"
                                + " admin}}}}",
                        "spec.target.template.type",
                        "must not ask Kubernetes for a ServiceAccount's token"));
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNotServed_isSaidByName(String spec, String path) {
        var problem = SpecChecks.firstProblem(externalSecret(spec)).orElseThrow();
        assertThat(problem.reason()).isEqualTo(SpecProblem.Reason.NOT_SUPPORTED);
        assertThat(problem.path()).isEqualTo(path);
        assertThat(problem.failure().message()).startsWith(path + ": ");
    }

    static Stream<Arguments> whatIsNotServed_isSaidByName() {
        return Stream.of(
                argumentSet("an unknown field", STORE + DATA + "beta: 1", "spec.beta"),
                argumentSet(
                        "an unknown value",
                        STORE + DATA + "refreshPolicy: Sometimes",
                        "spec.refreshPolicy"),
                argumentSet(
                        "a manifest",
                        STORE + DATA + "target: {manifest: {apiVersion: v1, kind: ConfigMap}}",
                        "spec.target.manifest"),
                argumentSet(
                        "sync windows",
                        STORE + DATA + "syncWindows: {kind: allow, windows: []}",
                        "spec.syncWindows"),
                argumentSet(
                        "find", STORE + "dataFrom: [{find: {path: a}}]", "spec.dataFrom[0].find"),
                argumentSet(
                        "rewrite",
                        STORE
                                + "dataFrom: [{extract: {key: a}, rewrite: [{regexp: {source: a,"
                                + " target: b}}]}]",
                        "spec.dataFrom[0].rewrite"),
                argumentSet(
                        "tags",
                        STORE
                                + "data: [{secretKey: a, remoteRef: {key: b, metadataPolicy: Fetch}}]",
                        "spec.data[0].remoteRef.metadataPolicy"),
                argumentSet(
                        "tags extracted",
                        STORE + "dataFrom: [{extract: {key: b, metadataPolicy: Fetch}}]",
                        "spec.dataFrom[0].extract.metadataPolicy"),
                argumentSet(
                        "a generator",
                        STORE + "dataFrom: [{sourceRef: {generatorRef: {kind: Fake, name: y}}}]",
                        "spec.dataFrom[0].sourceRef.generatorRef"),
                argumentSet(
                        "a template",
                        STORE + DATA + "target: {template: {data: {a: b}}}",
                        "spec.target.template.data"),
                argumentSet(
                        "a template from elsewhere",
                        STORE + DATA + "target: {template: {templateFrom: [{literal: 'a: b'}]}}",
                        "spec.target.template.templateFrom"),
                argumentSet(
                        "a finalizer",
                        STORE + DATA + "target: {template: {metadata: {finalizers: [a/b]}}}",
                        "spec.target.template.metadata.finalizers"),
                argumentSet(
                        "a templated label",
                        STORE + DATA + "target: {template: {metadata: {labels: {a: '{{ .b }}'}}}}",
                        "spec.target.template.metadata.labels[a]"));
    }

    @Test
    void theSpecThatEverybodyWrites_hasNoProblem() {
        var spec =
                STORE
                        + DATA
                        + """
                        refreshInterval: 1h
                        refreshPolicy: Periodic
                        dataFrom:
                          - extract: {key: other, version: AWSPREVIOUS, decodingStrategy: Auto}
                            sourceRef: {storeRef: {name: more, kind: ClusterSecretStore}}
                        target:
                          name: database
                          creationPolicy: Owner
                          deletionPolicy: Delete
                          template:
                            type: kubernetes.io/basic-auth
                            engineVersion: v2
                            metadata: {labels: {team: a}, annotations: {b: c}}
                        """;
        assertThat(SpecChecks.firstProblem(externalSecret(spec))).isEmpty();
    }

    @Test
    void oneKeyTwice_isAllowedWhereTheOtherMayBeGone() {
        var spec =
                STORE
                        + "data: [{secretKey: a, remoteRef: {key: b}}, {secretKey: a, remoteRef:"
                        + " {key: c}}]\ntarget: {deletionPolicy: Merge}";
        assertThat(SpecChecks.firstProblem(externalSecret(spec))).isEmpty();
    }

    private static ExternalSecret externalSecret(String spec) {
        return Serialization.unmarshal(
                "metadata: {name: database, namespace: apps}\nspec:\n" + spec.indent(2),
                ExternalSecret.class);
    }
}
