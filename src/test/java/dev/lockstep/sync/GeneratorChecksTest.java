package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.ClusterGenerator;
import dev.lockstep.api.EcrAuthorizationToken;
import dev.lockstep.api.Generator;
import dev.lockstep.api.PasswordGenerator;
import dev.lockstep.api.SshKeyGenerator;
import dev.lockstep.api.StsSessionToken;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorChecksTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final Map<String, Class<? extends Generator>> KINDS =
            Map.of(
                    "Password", PasswordGenerator.class,
                    "SSHKey", SshKeyGenerator.class,
                    "ECR", EcrAuthorizationToken.class,
                    "STS", StsSessionToken.class,
                    "Cluster", ClusterGenerator.class);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Password | {}",
                "Password | {length: 0}",
                "Password | {length: 100, allowRepeat: true}",
                "SSHKey | {keyType: rsa, keySize: 8192}",
                "SSHKey | {keyType: ecdsa, keySize: 256}",
                "ECR | {region: eu-central-1}",
                "ECR | {region: us-east-1, scope: public}",
                "ECR | {region: eu-central-1, auth: {jwt: {serviceAccountRef: {name: a, namespace: team}}}}",
                "STS | {region: eu-central-1, requestParameters: {sessionDuration: 900}}",
                "Cluster | {kind: Password, generator: {passwordSpec: {length: 8}}}",
                "Cluster | {kind: UUID, generator: {uuidSpec: {}}}",
                "Cluster | {kind: ECRAuthorizationToken, generator: {ecrAuthorizationTokenSpec: {region: eu-west-1, auth: {jwt: {serviceAccountRef: {name: a, namespace: other}}}}}}"
            })
    void whatCanBeMade_passes(String kind, String spec) {
        assertThat(GeneratorChecks.problems(generator(kind, spec))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Password | {length: 8, digits: 5, symbols: 4} | INVALID_SPEC | spec.length",
                "Password | {digits: -1} | INVALID_SPEC | spec.digits",
                "Password | {symbols: -1} | INVALID_SPEC | spec.symbols",
                "Password | {length: 24, digits: 11} | INVALID_SPEC | spec.digits",
                "Password | {symbols: 3, symbolCharacters: aaab} | INVALID_SPEC | spec.symbols",
                "Password | {symbols: 1, symbolCharacters: '', allowRepeat: true} | INVALID_SPEC | spec.symbols",
                "Password | {length: 200} | INVALID_SPEC | spec.symbols",
                "Password | {length: 60, digits: 0, symbols: 0} | INVALID_SPEC | spec.length",
                "Password | {length: 27, digits: 0, symbols: 0, noUpper: true} | INVALID_SPEC | spec.length",
                "Password | {length: 2000000000, allowRepeat: true} | INVALID_SPEC | spec.length",
                "Password | {length: 600000, allowRepeat: true, secretKeys: [a, b]} | INVALID_SPEC | spec.length",
                "Password | {encoding: rot13} | NOT_SUPPORTED | spec.encoding",
                "Password | {beta: 1} | NOT_SUPPORTED | spec.beta",
                "SSHKey | {keySize: 512} | INVALID_SPEC | spec.keySize",
                "SSHKey | {keySize: 9000} | INVALID_SPEC | spec.keySize",
                "SSHKey | {keyType: ed25519, keySize: 1} | INVALID_SPEC | spec.keySize",
                "SSHKey | {comment: \"a\\nb\"} | INVALID_SPEC | spec.comment",
                "SSHKey | {keyType: dsa} | NOT_SUPPORTED | spec.keyType",
                "ECR | {} | INVALID_SPEC | spec.region",
                "ECR | {region: eu-central-1, scope: public} | INVALID_SPEC | spec.region",
                "ECR | {region: eu-central-1, auth: {jwt: {serviceAccountRef: {name: a, namespace: b}}}} | INVALID_SPEC | spec.auth.jwt.serviceAccountRef.namespace",
                "ECR | {region: eu-central-1, auth: {secretRef: {accessKeyIDSecretRef: {name: a, key: b, namespace: c}}}} | INVALID_SPEC | spec.auth.secretRef.accessKeyIDSecretRef.namespace",
                "STS | {region: eu-central-1, auth: {jwt: {serviceAccountRef: {name: a}}}} | INVALID_SPEC | spec.auth.jwt",
                "STS | {region: eu-central-1, requestParameters: {sessionDuration: 899}} | INVALID_SPEC | spec.requestParameters.sessionDuration",
                "Cluster | {kind: Password, generator: {}} | INVALID_SPEC | spec.generator",
                "Cluster | {kind: Password, generator: {passwordSpec: {}, uuidSpec: {}}} | INVALID_SPEC | spec.generator",
                "Cluster | {kind: UUID, generator: {passwordSpec: {}}} | INVALID_SPEC | spec.kind",
                "Cluster | {kind: Grafana, generator: {grafanaSpec: {url: a}}} | NOT_SUPPORTED | spec.generator.grafanaSpec",
                "Cluster | {kind: Password, generator: {passwordSpec: {digits: -1}}} | INVALID_SPEC | spec.generator.passwordSpec.digits"
            })
    void whatCannot_isToldByItsField(
            String kind, String spec, SpecProblem.Reason reason, String path) {
        assertThat(GeneratorChecks.problems(generator(kind, spec)))
                .first()
                .returns(reason, SpecProblem::reason)
                .returns(path, SpecProblem::path);
    }

    private static Generator generator(String kind, String spec) {
        return SERIALIZATION.unmarshal(
                "---\n{metadata: {name: a, namespace: team}, spec: " + spec + "}", KINDS.get(kind));
    }
}
