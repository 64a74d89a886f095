package dev.lockstep.operator;

import static org.awaitility.Awaitility.await;

import dev.lockstep.api.Condition;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretStatus;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.EmbeddedKubernetes;
import dev.lockstep.sandbox.RunningOperator;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * An embedded Kubernetes API and an embedded AWS with one running operator, the SecretStore {@code
 * aws} and, where asked for, the ExternalSecret {@code database} with a Secret in step.
 */
final class Sandbox implements AutoCloseable {
    static final String NAMESPACE = "default";
    static final String NAME = "database";
    static final String KEY = "prod/database";
    static final Map<String, String> DATA = Map.of("password", "first");

    final EmbeddedAws aws = EmbeddedAws.start();
    final EmbeddedKubernetes kubernetes = EmbeddedKubernetes.start();
    private final RunningOperator operator;

    private Sandbox(Map<String, String> options) {
        kubernetes.applyCrds(Path.of("crds"));
        var fast = new HashMap<>(Map.of("min-refresh-interval", "100ms"));
        fast.putAll(options);
        operator =
                RunningOperator.start(
                        kubernetes.client(), kubernetes.operatorConfig(), aws.endpoint(), fast);
        operator.apply(CREDENTIALS);
        operator.apply(store(""));
    }

    static Sandbox start() {
        return new Sandbox(Map.of());
    }

    /** With options of the operator, without {@code lockstep.}. */
    static Sandbox start(Map<String, String> options) {
        return new Sandbox(options);
    }

    static final String CREDENTIALS =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: aws-credentials, namespace: default}
            data: {access-key-id: QUtJQVNBTkRCT1g=, secret-access-key: c2VjcmV0}
            """;

    /** The SecretStore aws, with more settings of its provider. */
    static String store(String settings) {
        return """
        apiVersion: external-secrets.io/v1
        kind: SecretStore
        metadata: {name: aws, namespace: default}
        spec:
          provider:
            aws:
              service: SecretsManager
              region: eu-central-1
              versionWatch: {interval: 1s, maxCallsPerHour: 100000}
              auth:
                secretRef:
                  accessKeyIDSecretRef: {name: aws-credentials, key: access-key-id}
                  secretAccessKeySecretRef: {name: aws-credentials, key: secret-access-key}
        """
                + settings.indent(6);
    }

    /** The ExternalSecret database with this spec; store and interval are given if it has none. */
    static String externalSecret(String spec) {
        var whole = new StringBuilder(spec.stripTrailing()).append('\n');
        if (!spec.contains("secretStoreRef:")) {
            whole.append("secretStoreRef: {name: aws}\n");
        }
        if (!spec.contains("refreshInterval:")) {
            whole.append("refreshInterval: 1h\n");
        }
        return """
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: database, namespace: default}
        spec:
        """
                + whole.toString().indent(2);
    }

    /** The spec that most tests begin with. */
    static final String PASSWORD =
            "data: [{secretKey: password, remoteRef: {key: prod/database, property: password}}]";

    /** A remote secret and its Secret, in step. */
    Sandbox inStep() {
        return inStep(PASSWORD);
    }

    /** The same with another spec that yields {@link #DATA}. */
    Sandbox inStep(String spec) {
        create(KEY, "{\"password\": \"first\"}");
        apply(externalSecret(spec));
        awaitData(DATA);
        awaitReady("SecretSynced");
        return this;
    }

    void create(String name, String value) {
        aws.client().createSecret(request -> request.name(name).secretString(value));
    }

    void rotate(String value) {
        aws.client().putSecretValue(request -> request.secretId(KEY).secretString(value));
    }

    void apply(String yaml) {
        operator.apply(yaml);
    }

    Condition awaitReady(String reason) {
        return operator.awaitExternalSecret(NAMESPACE, NAME, Condition.READY, reason);
    }

    Condition awaitSource(String reason) {
        return operator.awaitExternalSecret(NAMESPACE, NAME, Condition.SOURCE_AVAILABLE, reason);
    }

    Condition awaitStore(String reason) {
        return operator.awaitStore(NAMESPACE, "aws", reason);
    }

    void awaitData(Map<String, String> data) {
        operator.awaitData(NAMESPACE, NAME, data);
    }

    /** The Secret's data now. */
    Map<String, String> data() {
        return operator.data(NAMESPACE, NAME).orElse(Map.of());
    }

    Secret secret() {
        return client().secrets().inNamespace(NAMESPACE).withName(NAME).get();
    }

    ExternalSecretStatus status() {
        return externalSecret().status();
    }

    ExternalSecret externalSecret() {
        return client().resources(ExternalSecret.class).inNamespace(NAMESPACE).withName(NAME).get();
    }

    /** Waits until the status says it. */
    ExternalSecretStatus awaitStatus(String what, Predicate<ExternalSecretStatus> says) {
        return await(what)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(25))
                .until(this::status, says);
    }

    KubernetesClient client() {
        return kubernetes.client();
    }

    /** Asks for a sync now, as {@code kubectl annotate} does. */
    void forceSync(String value) {
        var patch =
                "{\"metadata\": {\"annotations\": {\"external-secrets.io/force-sync\": \"%s\"}}}";
        client().resources(ExternalSecret.class)
                .inNamespace(NAMESPACE)
                .withName(NAME)
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch.formatted(value));
    }

    /**
     * Asks for syncs until Ready has the reason: within two seconds of a read its answer is shared,
     * so that the first request alone may change nothing.
     */
    Condition forceSyncUntilReady(String reason) {
        return forceSyncUntil(Condition.READY, reason);
    }

    /** The same for SourceAvailable. */
    Condition forceSyncUntilSource(String reason) {
        return forceSyncUntil(Condition.SOURCE_AVAILABLE, reason);
    }

    private Condition forceSyncUntil(String type, String reason) {
        return await(type + " with reason " + reason)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(250))
                .until(
                        () -> {
                            forceSync(UUID.randomUUID().toString());
                            return status().condition(type).orElseThrow();
                        },
                        condition -> reason.equals(condition.reason()));
    }

    RunningOperator operator() {
        return operator;
    }

    @Override
    public void close() {
        operator.close();
        kubernetes.close();
        aws.close();
    }
}
