package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.api.ExternalSecret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecChecksTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final String STORE = "secretStoreRef: {name: s}";
    private static final String DATA = "data: [{secretKey: k, remoteRef: {key: a}}]";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "STORE, DATA",
                "STORE, dataFrom: [{extract: {key: a}}]",
                "STORE, DATA, target: {name: a.b-c, immutable: true, creationPolicy: Merge}",
                "STORE, DATA, target: {creationPolicy: Orphan, deletionPolicy: Delete}",
                "STORE, DATA, target: {creationPolicy: Owner, deletionPolicy: Delete}",
                "STORE, DATA, target: {creationPolicy: Merge, deletionPolicy: Merge}",
                "STORE, DATA, refreshInterval: \"0\", refreshPolicy: OnChange",
                "STORE, DATA, target: {template: {type: kubernetes.io/tls, engineVersion: v2,"
                        + " mergePolicy: Merge, metadata: {labels: {a: b}, annotations: {c: d}}}}",
                "STORE, DATA, target: {template: {type: kubernetes.io/service-account-token}}",
                "data: [{secretKey: k, remoteRef: {key: a}, sourceRef: {storeRef: {name: s}}}]",
                "secretStoreRef: {kind: ClusterSecretStore}, dataFrom: [{extract: {key: a},"
                        + " sourceRef: {storeRef: {name: s}}}]",
                "STORE, dataFrom: [{sourceRef: {storeRef: {name: s}}}]",
                "STORE, DATA, rollout: {}",
                "STORE, DATA, rollout: {restart: Consumers, minInterval: 0s, onFailure: Stop}",
                "STORE, DATA, rollout: {restart: Listed, targets: [{kind: Rollout, name: a}]}",
                "STORE, target: {deletionPolicy: Merge}, data: [{secretKey: k, remoteRef: {key: a}},"
                        + " {secretKey: k, remoteRef: {key: b}}]",
            })
    void servedSpec_hasNoProblems(String spec) {
        assertThat(problems(spec)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // policies
                "STORE, DATA, target: {creationPolicy: Merge, deletionPolicy: Delete}"
                        + " | spec.target.deletionPolicy",
                "STORE, DATA, target: {creationPolicy: CreateOrMerge, deletionPolicy: Delete}"
                        + " | spec.target.deletionPolicy",
                "STORE, DATA, target: {creationPolicy: None, deletionPolicy: Delete}"
                        + " | spec.target.deletionPolicy",
                "STORE, DATA, target: {creationPolicy: None, deletionPolicy: Merge}"
                        + " | spec.target.deletionPolicy",
                // names
                "STORE, DATA, target: {name: Upper} | spec.target.name",
                "secretStoreRef: {name: a/b}, DATA | spec.secretStoreRef.name",
                "data: [{secretKey: k, remoteRef: {key: a}, sourceRef: {storeRef: {name: -s}}}]"
                        + " | spec.data[0].sourceRef.storeRef.name",
                // nothing to do, or nothing to do it with
                "STORE | spec",
                "DATA | spec.data[0]",
                "dataFrom: [{extract: {key: a}}] | spec.dataFrom[0]",
                "STORE, data: [{secretKey: k}] | spec.data[0].remoteRef.key",
                "STORE, dataFrom: [{extract: {}}] | spec.dataFrom[0].extract.key",
                "STORE, dataFrom: [{extract: {key: a}, sourceRef: {storeRef: {kind: SecretStore}}}]"
                        + " | spec.dataFrom[0].sourceRef.storeRef.name",
                // generators
                "STORE, data: [{secretKey: k, remoteRef: {key: a},"
                        + " sourceRef: {generatorRef: {kind: UUID, name: a}}}]"
                        + " | spec.data[0].sourceRef.generatorRef",
                "dataFrom: [{sourceRef: {generatorRef: {name: a}}}]"
                        + " | spec.dataFrom[0].sourceRef.generatorRef.kind",
                "dataFrom: [{sourceRef: {generatorRef: {kind: UUID}}}]"
                        + " | spec.dataFrom[0].sourceRef.generatorRef.name",
                "dataFrom: [{sourceRef: {generatorRef: {kind: UUID, name: A_B}}}]"
                        + " | spec.dataFrom[0].sourceRef.generatorRef.name",
                // unions
                "STORE, dataFrom: [{rewrite: [{regexp: {}}]}] | spec.dataFrom[0]",
                "STORE, dataFrom: [{extract: {key: a}, find: {path: b}}] | spec.dataFrom[0]",
                "STORE, dataFrom: [{extract: {key: a}, sourceRef: {generatorRef: {kind: UUID}}}]"
                        + " | spec.dataFrom[0]",
                "STORE, dataFrom: [{find: {path: a}, sourceRef: {generatorRef: {kind: UUID}}}]"
                        + " | spec.dataFrom[0]",
                "STORE, dataFrom: [{extract: {key: a}, sourceRef: {}}] | spec.dataFrom[0].sourceRef",
                "STORE, dataFrom: [{sourceRef: {storeRef: {name: s}, generatorRef: {kind: UUID}}}]"
                        + " | spec.dataFrom[0].sourceRef",
                "STORE, data: [{secretKey: k, remoteRef: {key: a}, sourceRef: {}}]"
                        + " | spec.data[0].sourceRef",
                "STORE, dataFrom: [{extract: {key: a}, rewrite: [{}]}] | spec.dataFrom[0].rewrite[0]",
                "STORE, dataFrom: [{extract: {key: a}, rewrite: [{merge: {}}, {merge: {}, regexp: {}}]}]"
                        + " | spec.dataFrom[0].rewrite[1]",
                // rewrites
                "STORE, dataFrom: [{extract: {key: a}, rewrite: [{merge: {}}, {regexp: {source: '(', target: a}}]}]"
                        + " | spec.dataFrom[0].rewrite[1].regexp.source",
                "STORE, dataFrom: [{extract: {key: a}, rewrite: [{merge: {strategy: JSON}}]}]"
                        + " | spec.dataFrom[0].rewrite[0].merge.into",
                // rollout
                "STORE, DATA, rollout: {restart: Listed} | spec.rollout.targets",
                "STORE, DATA, rollout: {targets: [{kind: DaemonSet, name: a}]}"
                        + " | spec.rollout.targets",
                "STORE, DATA, rollout: {restart: Consumers, minInterval: soon}"
                        + " | spec.rollout.minInterval",
                "STORE, DATA, rollout: {restart: Consumers, minInterval: -1s}"
                        + " | spec.rollout.minInterval",
                "STORE, DATA, rollout: {restart: Consumers, maxConcurrent: 0}"
                        + " | spec.rollout.maxConcurrent",
                // duplicates
                "STORE, data: [{secretKey: k, remoteRef: {key: a}}, {secretKey: k, remoteRef: {key: b}}]"
                        + " | spec.data[1].secretKey",
                // templates
                "STORE, DATA, target: {template: {type: bootstrap.kubernetes.io/token}}"
                        + " | spec.target.template.type",
                "STORE, DATA, target: {template: {type: kubernetes.io/service-account-token,"
                        + " metadata: {annotations: {kubernetes.io/service-account.name: a}}}}"
                        + " | spec.target.template.type",
                "STORE, DATA, target: {template: {type: kubernetes.io/service-account-token,"
                        + " templateFrom: [{target: annotations, literal: x}]}}"
                        + " | spec.target.template.type",
                "STORE, DATA, target: {template: {templateFrom: [{target: Data}, {target: spec.x}]}}"
                        + " | spec.target.template.templateFrom[1].target",
                "STORE, DATA, target: {template: {templateFrom: [{configMap: {items: []}}]}}"
                        + " | spec.target.template.templateFrom[0].configMap.name",
                "STORE, DATA, target: {template: {templateFrom: [{secret: {name: A, items: []}}]}}"
                        + " | spec.target.template.templateFrom[0].secret.name",
                "STORE, DATA, target: {name: own, template: {templateFrom: [{secret: {name: own, items: []}}]}}"
                        + " | spec.target.template.templateFrom[0].secret.name",
                // find
                "STORE, dataFrom: [{find: {}}] | spec.dataFrom[0].find",
                "STORE, dataFrom: [{find: {path: '', tags: {}}}] | spec.dataFrom[0].find",
                "STORE, dataFrom: [{find: {name: {regexp: '('}}}]"
                        + " | spec.dataFrom[0].find.name.regexp",
                // durations
                "STORE, DATA, refreshInterval: 1d | spec.refreshInterval",
                "STORE, DATA, refreshInterval: \"60\" | spec.refreshInterval",
            })
    void ruleThatIsBroken_isInvalidSpecAtItsPath(String spec, String path) {
        assertThat(problems(spec).get(0))
                .extracting(problem -> problem.reason().condition(), SpecProblem::path)
                .containsExactly("InvalidSpec", path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "STORE, DATA, target: {manifest: {apiVersion: v1, kind: ConfigMap}}"
                        + " | spec.target.manifest",
                "dataFrom: [{sourceRef: {generatorRef: {kind: Grafana, name: a}}}]"
                        + " | spec.dataFrom[0].sourceRef.generatorRef.kind",
                "dataFrom: [{sourceRef: {generatorRef: {kind: UUID, name: a, apiVersion: b/v1}}}]"
                        + " | spec.dataFrom[0].sourceRef.generatorRef.apiVersion",
                "STORE, DATA, new: 1 | spec.new",
            })
    void fieldThatIsNotServed_isNotSupportedAtItsPath(String spec, String path) {
        assertThat(problems(spec))
                .extracting(problem -> problem.reason().condition(), SpecProblem::path)
                .containsExactly(tuple("NotSupported", path));
    }

    @Test
    void unknownValue_isNamedBeforeAnyRuleIsRead() {
        assertThat(problems("STORE, DATA, target: {creationPolicy: Lease, deletionPolicy: Delete}"))
                .extracting(SpecProblem::message)
                .containsExactly(
                        "spec.target.creationPolicy: Lockstep does not know the value Lease: choose"
                                + " another");
    }

    @Test
    void whatIsWrong_comesBeforeWhatIsNotServed() {
        assertThat(
                        problems(
                                "STORE, DATA, target: {manifest: {apiVersion: v1, kind: ConfigMap}}, refreshInterval: soon"))
                .extracting(SpecProblem::message)
                .containsExactly(
                        "spec.refreshInterval: 'soon' is no duration: write it as 1h, 5m30s or 90s",
                        "spec.target.manifest: Lockstep does not serve it: write a Secret instead");
    }

    @Test
    void nameBeyondTheBound_isInvalid() {
        var longest = "n".repeat(253);

        assertThat(problems("STORE, DATA, target: {name: %s}".formatted(longest))).isEmpty();
        assertThat(problems("STORE, DATA, target: {name: %sn}".formatted(longest))).hasSize(1);
    }

    private static List<SpecProblem> problems(String spec) {
        var yaml = spec.replace("STORE", STORE).replace("DATA", DATA);
        return SpecChecks.problems(
                SERIALIZATION.unmarshal(
                        "---\n{metadata: {name: a}, spec: {" + yaml + "}}", ExternalSecret.class));
    }
}
