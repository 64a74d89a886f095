package dev.lockstep.moving;

import static org.awaitility.Awaitility.await;

import dev.lockstep.sandbox.AdmissionWebhook;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.Helm;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.Kubectl;
import dev.lockstep.sandbox.OperatorPods;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;

/**
 * A real API server with Kubernetes' controllers, on which Helm has installed a chart in the shape
 * of ESO's, and with objects as ESO leaves them. Nothing of ESO runs but a webhook that allows
 * everything; an admin has a terminal, and what is deployed of Lockstep runs.
 */
final class EsoCluster implements AutoCloseable {
    static final String TEAM = "team-a";
    static final String OTHER_TEAM = "team-b";

    /** So long that the field manager holds a hash of it. */
    static final String LONG_NAME = "merge-under-a-name-too-long-for-a-field-manager";

    /** As Lockstep puts it; ESO says something else. */
    private static final String IN_STEP = "the Secret carries the current version";

    private static final Path CHART =
            Path.of("src/test/resources/dev/lockstep/moving/external-secrets");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final KubeApiServer server = KubeApiServer.launch();
    final EmbeddedAws aws = EmbeddedAws.start();
    final AdmissionWebhook webhook = AdmissionWebhook.start();
    final KubernetesClient admin;
    final EsoObjects eso;
    final OperatorPods pods;
    final Terminal terminal;
    private final Path folder;
    private final ChartRepository charts;

    EsoCluster() {
        admin = new KubernetesClientBuilder().withConfig(server.adminConfig()).build();
        eso = new EsoObjects(admin, aws);
        try {
            folder = Files.createTempDirectory("lockstep-moving-");
            for (var name : List.of("crds", "helm")) {
                Files.createSymbolicLink(folder.resolve(name), Path.of(name).toAbsolutePath());
            }
            terminal = new Terminal(folder, environment());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a folder to work in", e);
        }
        charts = new ChartRepository(packageChart());
        installEso();
        server.startControllerManager();
        pods = new OperatorPods(server, admin, aws.endpoint());
        fill();
    }

    private Map<String, String> environment() {
        var path = new Kubectl(server).folder() + ":" + Helm.on(server).folder();
        return Map.of(
                "PATH",
                path + ":" + System.getenv("PATH"),
                "HOME",
                folder.toString(),
                "KUBECONFIG",
                server.kubeconfig(server.adminConfig()).toString());
    }

    private Path packageChart() {
        terminal.run(
                "helm package '%s' --destination charts\nhelm repo index charts\n"
                        .formatted(CHART.toAbsolutePath()));
        return folder.resolve("charts");
    }

    /** An old release first, so that v1beta1 is among the stored versions. */
    private void installEso() {
        terminal.run(
                """
                helm repo add external-secrets %s
                helm install external-secrets external-secrets/external-secrets \
                  --namespace external-secrets --create-namespace \
                  --set webhook.url=%s --set webhook.caBundle=%s --set crds.storageVersion=v1beta1
                kubectl wait --for condition=established crd/secretstores.external-secrets.io
                kubectl create namespace %s
                """
                        .formatted(charts.url(), webhook.url(), webhook.caBundle(), TEAM));
        apply(TEAM, vault("external-secrets.io/v1beta1", "vault"));
        terminal.run(
                """
                helm upgrade external-secrets external-secrets/external-secrets \
                  --namespace external-secrets --reuse-values --set crds.storageVersion=v1
                """);
    }

    private void fill() {
        for (var namespace : List.of(TEAM, OTHER_TEAM)) {
            admin.resource(
                            new NamespaceBuilder()
                                    .withNewMetadata()
                                    .withName(namespace)
                                    .endMetadata()
                                    .build())
                    .serverSideApply();
            apply(namespace, CREDENTIALS + "---\n" + store("aws", ""));
        }
        left(TEAM, "database", "");
        left(TEAM, "orphan", "target: {creationPolicy: Orphan}");
        left(TEAM, "none", "target: {creationPolicy: None}");
        foreign("shared");
        left(TEAM, "merge", "target: {creationPolicy: Merge, name: shared}");
        foreign(LONG_NAME);
        left(TEAM, LONG_NAME, "target: {creationPolicy: Merge}");
        left(TEAM, "create-or-merge", "target: {creationPolicy: CreateOrMerge}");
        left(TEAM, "created-once", "refreshPolicy: CreatedOnce");
        left(TEAM, "never", "refreshInterval: \"0\"");
        for (var once : List.of("created-once", "never")) {
            rotate(once, "not to be written");
        }
        left(TEAM, "deleted-meanwhile", "");
        left(OTHER_TEAM, "database", "");
        ofVault();
    }

    /** Whose Secret ESO read from Vault. */
    private void ofVault() {
        apply(
                TEAM,
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: of-vault}
                spec:
                  secretStoreRef: {name: vault, kind: SecretStore}
                  data: [{secretKey: password, remoteRef: {key: database}}]
                """);
        eso.putFinalizer(TEAM, "of-vault");
        var externalSecret = externalSecret("of-vault");
        eso.write(externalSecret, "of Vault");
        eso.writeStatus(externalSecret, "True", "SecretSynced", "secret synced");
    }

    /** An ExternalSecret with a remote secret of its own, synced by ESO. */
    void left(String namespace, String name, String spec) {
        var key = key(namespace, name);
        aws.client().createSecret(r -> r.name(key).secretString("of " + key));
        apply(namespace, externalSecret(namespace, name, "aws", spec));
        eso.sync(namespace, name);
    }

    static String externalSecret(String namespace, String name, String store, String spec) {
        return """
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: %s, labels: {team: a}}
        spec:
          secretStoreRef: {name: %s, kind: SecretStore}
          data: [{secretKey: password, remoteRef: {key: %s}}]
        """
                        .formatted(name, store, key(namespace, name))
                + spec.indent(2);
    }

    static String key(String namespace, String name) {
        return "prod/" + namespace + "/" + name;
    }

    void rotate(String name, String value) {
        aws.client().putSecretValue(r -> r.secretId(key(TEAM, name)).secretString(value));
    }

    /** How often a value of that remote secret was read, in batches too. */
    long reads(String name) {
        return aws.requests().stream()
                .filter(request -> request.operation().endsWith("GetSecretValue"))
                .flatMap(request -> request.secretIds().stream())
                // By name, or by ARN, which adds six random characters.
                .filter(id -> id.matches("(.*:secret:)?%s(-\\w{6})?".formatted(key(TEAM, name))))
                .count();
    }

    /** A Secret of somebody else, into which ExternalSecrets merge. */
    private void foreign(String name) {
        terminal.run(
                "kubectl create secret generic %s --namespace %s --from-literal=theirs=kept\n"
                        .formatted(name, TEAM));
    }

    private static final String CREDENTIALS =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: aws-credentials}
            data: {access-key-id: QUtJQVNBTkRCT1g=, secret-access-key: c2VjcmV0}
            """;

    static String store(String name, String spec) {
        return """
        apiVersion: external-secrets.io/v1
        kind: SecretStore
        metadata: {name: %s}
        spec:
          provider:
            aws:
              service: SecretsManager
              region: eu-central-1
              auth:
                secretRef:
                  accessKeyIDSecretRef: {name: aws-credentials, key: access-key-id}
                  secretAccessKeySecretRef: {name: aws-credentials, key: secret-access-key}
        """
                        .formatted(name)
                + spec.indent(2);
    }

    private static String vault(String apiVersion, String name) {
        return """
        apiVersion: %s
        kind: SecretStore
        metadata: {name: %s}
        spec:
          provider:
            vault:
              server: https://vault.example.com
              path: secret
              auth: {tokenSecretRef: {name: vault-token, key: token}}
        """
                .formatted(apiVersion, name);
    }

    /** Applies YAML as people do, which leaves kubectl's annotation. */
    void apply(String namespace, String yaml) {
        try {
            var file = Files.writeString(folder.resolve("applied.yaml"), yaml);
            terminal.run("kubectl apply --namespace %s -f '%s'\n".formatted(namespace, file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write YAML", e);
        }
    }

    NonNamespaceOperation<Secret, SecretList, Resource<Secret>> secrets() {
        return admin.secrets().inNamespace(TEAM);
    }

    Secret secret(String name) {
        return secrets().withName(name).require();
    }

    GenericKubernetesResource externalSecret(String name) {
        return eso.externalSecrets(TEAM).withName(name).require();
    }

    /** A field of the ExternalSecret's condition Ready. */
    Optional<String> ready(String name, String field) {
        List<Map<String, Object>> conditions = externalSecret(name).get("status", "conditions");
        return Optional.ofNullable(conditions).stream()
                .flatMap(List::stream)
                .filter(condition -> "Ready".equals(condition.get("type")))
                .map(condition -> String.valueOf(condition.get(field)))
                .findFirst();
    }

    /** Whether Lockstep says so of it. */
    boolean isInStep(String name) {
        return ready(name, "message").filter(IN_STEP::equals).isPresent();
    }

    /** Of the team's ExternalSecrets. */
    List<String> names() {
        return eso.externalSecrets(TEAM).list().getItems().stream()
                .map(externalSecret -> externalSecret.getMetadata().getName())
                .toList();
    }

    int replicasOfEso() {
        return admin.apps()
                .deployments()
                .inNamespace("external-secrets")
                .withName("external-secrets")
                .require()
                .getSpec()
                .getReplicas();
    }

    /** Asks for a sync now, whatever is due. */
    void forceSync(String name) {
        terminal.run(
                "kubectl annotate externalsecret %s --namespace %s external-secrets.io/force-sync=now\n"
                        .formatted(name, TEAM));
    }

    /** What AWS has now. */
    String value(String name) {
        return aws.client().getSecretValue(r -> r.secretId(key(TEAM, name))).secretString();
    }

    static ConditionFactory awaiting(String what) {
        return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }

    @Override
    public void close() {
        pods.close();
        terminal.close();
        charts.close();
        webhook.close();
        aws.close();
        admin.close();
        server.close();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
