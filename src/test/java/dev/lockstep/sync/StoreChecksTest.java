package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.SecretStore;
import dev.lockstep.api.Store;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StoreChecksTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final String AWS = "service: SecretsManager, region: eu-central-1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "provider: {aws: {AWS}}",
                "provider: {aws: {AWS, secretsManager: {recoveryWindowInDays: 0,"
                        + " forceDeleteWithoutRecovery: true}}}",
                "provider: {aws: {AWS, secretsManager: {recoveryWindowInDays: 7}}}",
                "provider: {aws: {AWS, secretsManager: {recoveryWindowInDays: 30}}}",
                "provider: {aws: {AWS, customSessionTags: {team: a}}}",
                "provider: {aws: {AWS, versionWatch: {mode: List, interval: 10s}}}",
                "provider: {aws: {AWS, auth: {jwt: {serviceAccountRef: {name: a, namespace: own}}}}}",
                "provider: {aws: {AWS, auth: {secretRef: {accessKeyIDSecretRef: {name: a, key: b}}}}}",
                "provider: {aws: {AWS}}, retrySettings: {maxRetries: 0, retryInterval: 2s}",
                "provider: {aws: {AWS}}, refreshInterval: 300",
                "provider: {aws: {AWS}}, refreshInterval: -1",
                "provider: {aws: {AWS}}, refreshInterval: 5m",
                "provider: {aws: {AWS}}, conditions: [{namespaceRegexes: ['team-.*']}]",
            })
    void servedStore_hasNoProblems(String spec) {
        assertThat(StoreChecks.problems(secretStore(spec))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | spec.provider",
                "provider: {} | spec.provider",
                "provider: {aws: {AWS}, vault: {}} | spec.provider",
                "provider: {aws: {region: eu-central-1}} | spec.provider.aws.service",
                "provider: {aws: {service: SecretsManager}} | spec.provider.aws.region",
                "provider: {aws: {AWS, auth: {jwt: {serviceAccountRef: {name: a, namespace: other}}}}}"
                        + " | spec.provider.aws.auth.jwt.serviceAccountRef.namespace",
                "provider: {aws: {AWS, auth: {secretRef: {accessKeyIDSecretRef: {namespace: other}}}}}"
                        + " | spec.provider.aws.auth.secretRef.accessKeyIDSecretRef.namespace",
                "provider: {aws: {AWS, auth: {secretRef: {secretAccessKeySecretRef: {namespace: other}}}}}"
                        + " | spec.provider.aws.auth.secretRef.secretAccessKeySecretRef.namespace",
                "provider: {aws: {AWS, auth: {secretRef: {sessionTokenSecretRef: {namespace: other}}}}}"
                        + " | spec.provider.aws.auth.secretRef.sessionTokenSecretRef.namespace",
                "provider: {aws: {AWS, secretsManager: {recoveryWindowInDays: 6}}}"
                        + " | spec.provider.aws.secretsManager.recoveryWindowInDays",
                "provider: {aws: {AWS, secretsManager: {recoveryWindowInDays: 31}}}"
                        + " | spec.provider.aws.secretsManager.recoveryWindowInDays",
                "provider: {aws: {AWS, secretsManager: {recoveryWindowInDays: 7,"
                        + " forceDeleteWithoutRecovery: true}}}"
                        + " | spec.provider.aws.secretsManager.recoveryWindowInDays",
                "provider: {aws: {AWS, customSessionTags: {esoNamespace: a}}}"
                        + " | spec.provider.aws.customSessionTags",
                "provider: {aws: {AWS, customSessionTags: {esoStoreName: a}}}"
                        + " | spec.provider.aws.customSessionTags",
                "provider: {aws: {AWS, customSessionTags: {esoStoreKind: a}}}"
                        + " | spec.provider.aws.customSessionTags",
                "provider: {aws: {AWS, versionWatch: {interval: often}}}"
                        + " | spec.provider.aws.versionWatch.interval",
                "provider: {aws: {AWS, versionWatch: {interval: 10ms}}}"
                        + " | spec.provider.aws.versionWatch.interval",
                "provider: {aws: {AWS, versionWatch: {maxCallsPerHour: -1}}}"
                        + " | spec.provider.aws.versionWatch.maxCallsPerHour",
                "provider: {aws: {AWS}}, retrySettings: {maxRetries: -1}"
                        + " | spec.retrySettings.maxRetries",
                "provider: {aws: {AWS}}, retrySettings: {retryInterval: soon}"
                        + " | spec.retrySettings.retryInterval",
                "provider: {aws: {AWS}}, retrySettings: {retryInterval: -1s}"
                        + " | spec.retrySettings.retryInterval",
                "provider: {aws: {AWS}}, refreshInterval: often | spec.refreshInterval",
                "provider: {aws: {AWS}}, refreshInterval: -5m | spec.refreshInterval",
                "provider: {aws: {AWS}}, conditions: [{}, {namespaceRegexes: [a, '(']}]"
                        + " | spec.conditions[1].namespaceRegexes[1]",
                "provider: {aws: {AWS}}, conditions: [{namespaceRegexes: ['(?=a)']}]"
                        + " | spec.conditions[0].namespaceRegexes[0]",
                "provider: {aws: {AWS}}, conditions: [{namespaceSelector: {matchExpressions:"
                        + " [{key: a, operator: Near}]}}]"
                        + " | spec.conditions[0].namespaceSelector.matchExpressions[0]",
                "provider: {aws: {AWS}}, conditions: [{namespaceSelector: {matchExpressions:"
                        + " [{key: a, operator: In}]}}]"
                        + " | spec.conditions[0].namespaceSelector.matchExpressions[0]",
            })
    void ruleThatIsBroken_isInvalidSpecAtItsPath(String spec, String path) {
        assertThat(StoreChecks.problems(secretStore(spec)).get(0))
                .extracting(problem -> problem.reason().condition(), SpecProblem::path)
                .containsExactly("InvalidSpec", path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "provider: {vault: {server: a}} | spec.provider.vault: Lockstep serves the provider aws"
                        + " only: use aws, or give the store the controller class of an operator that"
                        + " serves vault",
                "provider: {aws: {service: CertificateManager, region: eu-central-1}}"
                        + " | spec.provider.aws.service: Lockstep does not serve CertificateManager: use"
                        + " SecretsManager or ParameterStore",
                "provider: {aws: {service: Vault, region: eu-central-1}}"
                        + " | spec.provider.aws.service: Lockstep does not know the value Vault: choose"
                        + " another",
                "provider: {aws: {AWS, vpc: a}}"
                        + " | spec.provider.aws.vpc: Lockstep does not know this field: remove it",
            })
    void storeThatIsNotServed_isNotSupported(String spec, String message) {
        assertThat(StoreChecks.problems(secretStore(spec)).get(0))
                .extracting(problem -> problem.reason().condition(), SpecProblem::message)
                .containsExactly("NotSupported", message);
    }

    @Test
    void clusterSecretStore_mayNameAnyNamespace() {
        var store =
                store(
                        "provider: {aws: {AWS, auth: {jwt: {serviceAccountRef: {name: a, namespace:"
                                + " other}}, secretRef: {accessKeyIDSecretRef: {namespace: third}}}}}",
                        ClusterSecretStore.class);

        assertThat(StoreChecks.problems(store)).isEmpty();
    }

    private static Store secretStore(String spec) {
        return store(spec, SecretStore.class);
    }

    private static <S extends Store> S store(String spec, Class<S> type) {
        var fields = spec.equals("{}") ? "" : spec.replace("AWS", AWS);
        return SERIALIZATION.unmarshal(
                "---\n{metadata: {name: a, namespace: own}, spec: {" + fields + "}}", type);
    }
}
