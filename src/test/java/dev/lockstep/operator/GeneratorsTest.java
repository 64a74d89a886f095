package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.aws.Fault;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets that generators make, in the whole operator. */
class GeneratorsTest {
    private static final String MADE = "lockstep.dev/generated-at";

    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void aPassword_isMadeOnce_andNotByAResyncNorByDriftOfMetadata() {
        sandbox.apply(generator("Password", "pw", "{length: 30}"));
        sandbox.apply(externalSecret(from("Password", "pw")));
        sandbox.awaitReady("SecretSynced");
        var first = sandbox.data();
        assertThat(first).containsOnlyKeys("password");
        assertThat(first.get("password")).hasSize(30);

        sandbox.client()
                .resources(dev.lockstep.api.ExternalSecret.class)
                .inNamespace(Sandbox.NAMESPACE)
                .withName(Sandbox.NAME)
                .edit(
                        es -> {
                            es.getMetadata().setLabels(Map.of("team", "blue"));
                            return es;
                        });
        await().until(() -> labels(sandbox.secret()).containsKey("team"));

        assertThat(sandbox.data()).isEqualTo(first);
    }

    @Test
    void forceSync_makesNewValues() {
        sandbox.apply(generator("UUID", "id", "{}"));
        sandbox.apply(externalSecret(from("UUID", "id")));
        sandbox.awaitReady("SecretSynced");
        var first = sandbox.data();

        sandbox.forceSync("now");

        await().until(() -> !sandbox.data().equals(first));
    }

    @Test
    void atTheRefreshInterval_newValuesAreMade() {
        sandbox.apply(generator("UUID", "id", "{}"));
        sandbox.apply(externalSecret(from("UUID", "id") + "\nrefreshInterval: 1s"));
        sandbox.awaitReady("SecretSynced");
        var first = sandbox.data();
        var made = Instant.parse(annotation(MADE));

        await().until(() -> !sandbox.data().equals(first));

        assertThat(Instant.parse(annotation(MADE))).isAfterOrEqualTo(made.plusSeconds(1));
    }

    @Test
    void aGeneratorThatComes_orChanges_wakesItsExternalSecret() {
        sandbox.apply(externalSecret(from("Fake", "fake")));
        assertThat(sandbox.awaitReady("NotFound").message())
                .contains("Fake default/fake", "create it");

        sandbox.apply(generator("Fake", "fake", "{data: {a: one}}"));
        sandbox.awaitData(Map.of("a", "one"));

        sandbox.apply(generator("Fake", "fake", "{data: {a: two}}"));
        sandbox.awaitData(Map.of("a", "two"));
    }

    @Test
    void keys_areRewrittenAndThenChecked() {
        sandbox.apply(generator("Fake", "fake", "{data: {a: one, 'b/c': two}}"));
        sandbox.apply(externalSecret(from("Fake", "fake")));
        assertThat(sandbox.awaitReady("InvalidKey").message()).contains("Fake fake", "b/c");

        sandbox.apply(
                externalSecret(
                        from("Fake", "fake")
                                + "\n  rewrite: [{regexp: {source: '(.*)/(.*)', target: '$1.$2'}}]"));

        sandbox.awaitData(Map.of("a", "one", "b.c", "two"));
    }

    @Test
    void aClusterGenerator_servesEveryNamespace() {
        sandbox.apply(
                """
                apiVersion: generators.external-secrets.io/v1alpha1
                kind: ClusterGenerator
                metadata: {name: shared}
                spec: {kind: Fake, generator: {fakeSpec: {data: {a: one}}}}
                """);
        sandbox.apply(externalSecret(from("ClusterGenerator", "shared")));

        sandbox.awaitData(Map.of("a", "one"));
    }

    @Test
    void aRegistryToken_isThatOfAws_andToBeRenewedBeforeItsEnd() {
        sandbox.apply(generator("ECRAuthorizationToken", "ecr", "{region: eu-central-1, " + AUTH));
        sandbox.apply(
                externalSecret(from("ECRAuthorizationToken", "ecr") + "\nrefreshInterval: 720h"));
        sandbox.awaitReady("SecretSynced");

        assertThat(sandbox.data())
                .containsEntry("username", "AWS")
                .containsKeys("password", "proxy_endpoint", "expires_at");
        assertThat(Instant.parse(annotation("lockstep.dev/renew-at")))
                .isBefore(Instant.ofEpochSecond(Long.parseLong(sandbox.data().get("expires_at"))));
    }

    @Test
    void aTokenNearItsEnd_isRenewedThoughItsSecretIsToBeSyncedOnce() {
        sandbox.apply(generator("ECRAuthorizationToken", "ecr", "{region: eu-central-1, " + AUTH));
        sandbox.apply(
                externalSecret(from("ECRAuthorizationToken", "ecr") + "\nrefreshInterval: '0'"));
        sandbox.awaitReady("SecretSynced");
        var first = sandbox.data();

        sandbox.client()
                .secrets()
                .inNamespace(Sandbox.NAMESPACE)
                .withName(Sandbox.NAME)
                .edit(
                        secret -> {
                            secret.getMetadata()
                                    .getAnnotations()
                                    .put("lockstep.dev/renew-at", "2020-01-01T00:00:00Z");
                            return secret;
                        });

        await().until(() -> !sandbox.data().equals(first));
    }

    @Test
    void awsInTrouble_leavesTheTokenThatIsThere() {
        sandbox.apply(generator("ECRAuthorizationToken", "ecr", "{region: eu-central-1, " + AUTH));
        sandbox.apply(externalSecret(from("ECRAuthorizationToken", "ecr")));
        sandbox.awaitReady("SecretSynced");
        var first = sandbox.data();
        sandbox.aws.faults().on("GetAuthorizationToken", Fault.UNAVAILABLE);

        sandbox.forceSync("now");
        sandbox.awaitSource("Unreachable");

        assertThat(sandbox.data()).isEqualTo(first);
    }

    @Test
    void aSessionToken_isMade() {
        sandbox.apply(generator("STSSessionToken", "sts", "{region: eu-central-1, " + AUTH));
        sandbox.apply(externalSecret(from("STSSessionToken", "sts")));
        sandbox.awaitReady("SecretSynced");

        assertThat(sandbox.data())
                .containsOnlyKeys(
                        "access_key_id", "secret_access_key", "session_token", "expiration");
    }

    @Test
    void aFakeOfAnotherClass_getsNoWrite_untilItIsOurs() {
        sandbox.apply(generator("Fake", "fake", "{controller: other, data: {a: one}}"));
        sandbox.apply(externalSecret(from("Fake", "fake")));
        await().until(
                        () ->
                                sandbox.kubernetes.requests().of("get", "fakes") > 0
                                        || sandbox.kubernetes.requests().of("list", "fakes") > 0);
        sandbox.apply(
                Sandbox.externalSecret(Sandbox.PASSWORD).replace("name: database", "name: other"));
        sandbox.operator().awaitExternalSecret(Sandbox.NAMESPACE, "other", "Ready", "NotFound");
        assertThat(sandbox.status().conditions()).isEmpty();
        assertThat(sandbox.secret()).isNull();

        sandbox.apply(generator("Fake", "fake", "{data: {a: one}}"));

        sandbox.awaitData(Map.of("a", "one"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Password | {length: 8, digits: 5, symbols: 4} | InvalidSpec | Password default/gen: spec.length",
                "SSHKey | {keySize: 300} | InvalidSpec | SSHKey default/gen: spec.keySize",
                "ECRAuthorizationToken | {region: here} | InvalidSpec | ECRAuthorizationToken default/gen: spec.region",
                "ECRAuthorizationToken | {region: eu-central-1, auth: {secretRef: {accessKeyIDSecretRef: {name: a, key: b, namespace: kube-system}}}} | InvalidSpec | may not reach into namespace kube-system",
                "STSSessionToken | {region: eu-central-1, auth: {jwt: {serviceAccountRef: {name: a}}}} | InvalidSpec | spec.auth.jwt",
                "ECRAuthorizationToken | {region: eu-central-1, auth: {secretRef: {accessKeyIDSecretRef: {name: gone, key: a}, secretAccessKeySecretRef: {name: gone, key: b}}}} | CredentialsMissing | default/gone"
            })
    void aBadGenerator_isToldInReady_andLeavesTheSecretAsItIs(
            String kind, String spec, String reason, String message) {
        sandbox.inStep();
        var before = sandbox.secret().getMetadata().getResourceVersion();
        sandbox.apply(generator(kind, "gen", spec));

        sandbox.apply(externalSecret(from(kind, "gen")));

        assertThat(sandbox.awaitReady(reason).message()).contains(message);
        assertThat(sandbox.secret().getMetadata().getResourceVersion()).isEqualTo(before);
        assertThat(sandbox.data()).isEqualTo(Sandbox.DATA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dataFrom: [{sourceRef: {generatorRef: {kind: Grafana, name: g}}}] | NotSupported | spec.dataFrom[0].sourceRef.generatorRef.kind: Lockstep does not serve generators of kind Grafana",
                "dataFrom: [{sourceRef: {generatorRef: {kind: UUID, name: g, apiVersion: example.com/v1}}}] | NotSupported | spec.dataFrom[0].sourceRef.generatorRef.apiVersion",
                "data: [{secretKey: a, remoteRef: {key: b}, sourceRef: {generatorRef: {kind: UUID, name: g}}}] | InvalidSpec | spec.data[0].sourceRef.generatorRef"
            })
    void aBadReference_isToldInReady_andLeavesTheSecretAsItIs(
            String spec, String reason, String message) {
        sandbox.inStep();
        var before = sandbox.secret().getMetadata().getResourceVersion();

        sandbox.apply(externalSecret(spec));

        assertThat(sandbox.awaitReady(reason).message()).contains(message);
        assertThat(sandbox.secret().getMetadata().getResourceVersion()).isEqualTo(before);
    }

    @Test
    void withoutAReference_noGeneratorIsWatchedOrRead() {
        sandbox.apply(generator("Fake", "fake", "{data: {a: one}}"));
        sandbox.inStep();

        assertThat(sandbox.kubernetes.requests().of("list", "fakes")).isZero();
        assertThat(sandbox.kubernetes.requests().of("get", "fakes")).isZero();
        assertThat(sandbox.kubernetes.requests().of("watch", "fakes")).isZero();
    }

    private static final String AUTH =
            "auth: {secretRef: {accessKeyIDSecretRef: {name: aws-credentials, key: access-key-id}, secretAccessKeySecretRef: {name: aws-credentials, key: secret-access-key}}}}";

    static String generator(String kind, String name, String spec) {
        return """
        apiVersion: generators.external-secrets.io/v1alpha1
        kind: %s
        metadata: {name: %s, namespace: default}
        spec: %s
        """
                .formatted(kind, name, spec);
    }

    static String from(String kind, String name) {
        return "dataFrom:\n- sourceRef: {generatorRef: {kind: %s, name: %s}}".formatted(kind, name);
    }

    private String annotation(String name) {
        return sandbox.secret().getMetadata().getAnnotations().get(name);
    }

    private static Map<String, String> labels(Secret secret) {
        return secret.getMetadata().getLabels();
    }
}
