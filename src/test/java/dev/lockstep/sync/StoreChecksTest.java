package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.api.ClusterSecretStore;
import dev.lockstep.api.SecretStore;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StoreChecksTest {
    private static final String AWS = "service: SecretsManager\nregion: eu-west-1\n";

    @ParameterizedTest
    @MethodSource
    void wrongAwsSettings_areInvalid(String settings, String path, String message) {
        var problem = StoreChecks.firstProblem(store(aws(settings))).orElseThrow();
        assertThat(problem.reason()).isEqualTo(SpecProblem.Reason.INVALID_SPEC);
        assertThat(problem.path()).isEqualTo("spec.provider.aws." + path);
        assertThat(problem.message()).contains(message);
    }

    static Stream<Arguments> wrongAwsSettings_areInvalid() {
        return Stream.of(
                argumentSet(
                        "another namespace's ServiceAccount",
                        AWS + "auth: {jwt: {serviceAccountRef: {name: a, namespace: other}}}",
                        "auth.jwt.serviceAccountRef.namespace",
                        "own namespace apps only, not to other"),
                argumentSet(
                        "another namespace's Secret",
                        AWS
                                + "auth: {secretRef: {accessKeyIDSecretRef: {name: a, key: b},"
                                + " secretAccessKeySecretRef: {name: a, key: c, namespace: other}}}",
                        "auth.secretRef.secretAccessKeySecretRef.namespace",
                        "use a ClusterSecretStore"),
                argumentSet(
                        "no secret access key",
                        AWS + "auth: {secretRef: {accessKeyIDSecretRef: {name: a, key: b}}}",
                        "auth.secretRef.secretAccessKeySecretRef",
                        "is incomplete"),
                argumentSet(
                        "a tag that is ours",
                        AWS + "customSessionTags: {esoNamespace: other}",
                        "customSessionTags.esoNamespace",
                        "choose another key"),
                argumentSet(
                        "a short recovery window",
                        AWS + "secretsManager: {recoveryWindowInDays: 6}",
                        "secretsManager.recoveryWindowInDays",
                        "7 to 30"),
                argumentSet(
                        "a recovery window and none",
                        AWS
                                + "secretsManager: {recoveryWindowInDays: 7,"
                                + " forceDeleteWithoutRecovery: true}",
                        "secretsManager.recoveryWindowInDays",
                        "excludes forceDeleteWithoutRecovery"),
                argumentSet(
                        "an interval of zero",
                        AWS + "versionWatch: {interval: 0s}",
                        "versionWatch.interval",
                        "0s is not a duration"),
                argumentSet("no service", "region: eu-west-1", "service", "is missing"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongStore_isRefused(String spec, SpecProblem.Reason reason, String path) {
        var problem = StoreChecks.firstProblem(store(spec)).orElseThrow();
        assertThat(problem.reason()).isEqualTo(reason);
        assertThat(problem.path()).isEqualTo(path);
    }

    static Stream<Arguments> wrongStore_isRefused() {
        var invalid = SpecProblem.Reason.INVALID_SPEC;
        var notSupported = SpecProblem.Reason.NOT_SUPPORTED;
        return Stream.of(
                argumentSet("no provider", "provider: {}", invalid, "spec.provider"),
                argumentSet(
                        "two providers",
                        "provider: {vault: {}, aws: {service: SecretsManager, region: a}}",
                        invalid,
                        "spec.provider"),
                argumentSet(
                        "another provider",
                        "provider: {vault: {server: x}}",
                        notSupported,
                        "spec.provider.vault"),
                argumentSet(
                        "a service not served",
                        "provider: {aws: {service: ParameterStore, region: a}}",
                        notSupported,
                        "spec.provider.aws.service"),
                argumentSet(
                        "a service that nobody knows",
                        "provider: {aws: {service: S3, region: a}}",
                        notSupported,
                        "spec.provider.aws.service"),
                argumentSet(
                        "an unknown field",
                        "provider: {aws: {service: SecretsManager, region: a, sso: true}}",
                        notSupported,
                        "spec.provider.aws.sso"),
                argumentSet(
                        "a retry interval",
                        aws(AWS) + "\nretrySettings: {retryInterval: fast}",
                        invalid,
                        "spec.retrySettings.retryInterval"),
                argumentSet(
                        "a negative refresh interval",
                        aws(AWS) + "\nrefreshInterval: -5m",
                        invalid,
                        "spec.refreshInterval"),
                argumentSet(
                        "a pattern",
                        aws(AWS) + "\nconditions: [{namespaceRegexes: ['team-(']}]",
                        invalid,
                        "spec.conditions"));
    }

    @Test
    void aClusterSecretStore_mayReferToAnyNamespace() {
        var spec = aws(AWS + "auth: {jwt: {serviceAccountRef: {name: a, namespace: other}}}");
        var store =
                Serialization.unmarshal(
                        "metadata: {name: aws}\nspec:\n" + spec.indent(2),
                        ClusterSecretStore.class);
        assertThat(StoreChecks.firstProblem(store)).isEmpty();
    }

    @Test
    void theStoreThatEverybodyWrites_hasNoProblem() {
        var spec =
                aws(
                                AWS
                                        + "auth: {jwt: {serviceAccountRef: {name: a}}}\n"
                                        + "role: arn:aws:iam::111122223333:role/r\n"
                                        + "versionWatch: {mode: Auto, interval: 30s}\n")
                        + "\nrefreshInterval: 3600\nretrySettings: {maxRetries: 5, retryInterval: 2s}";
        assertThat(StoreChecks.firstProblem(store(spec))).isEmpty();
    }

    private static String aws(String settings) {
        return "provider:\n  aws:\n" + settings.indent(4).stripTrailing();
    }

    private static SecretStore store(String spec) {
        return Serialization.unmarshal(
                "metadata: {name: aws, namespace: apps}\nspec:\n" + spec.indent(2),
                SecretStore.class);
    }
}
