package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.Condition;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.SecretStore;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionFactory;

/**
 * One team's namespace in a {@link RealCluster}: a SecretStore {@code aws}, and remote secrets
 * whose names begin with the namespace's. Its resources go when it is closed, so that the operator
 * of another test does not serve them.
 */
record Tenant(RealCluster cluster, String namespace) implements AutoCloseable {
    /** A new leader waits for the lease of one that was killed, for up to 45 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    static Tenant create(RealCluster cluster) {
        var fresh = new NamespaceBuilder().withNewMetadata().withGenerateName("tenant-");
        var made = cluster.admin.resource(fresh.endMetadata().build()).create();
        return new Tenant(cluster, made.getMetadata().getName());
    }

    /** Gives it the store {@code aws}, with credentials from a Secret. */
    Tenant withStore() {
        apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: aws-credentials}
                data: {access-key-id: QUtJQVNBTkRCT1g=, secret-access-key: c2VjcmV0}
                """);
        apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: aws}
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
                """);
        awaitStore("aws", "Valid");
        return this;
    }

    /** The full name of a remote secret of this tenant. */
    String key(String name) {
        return namespace + "/" + name;
    }

    /** Returns its ARN. */
    String create(String name, String value) {
        return cluster.aws.client().createSecret(r -> r.name(key(name)).secretString(value)).arn();
    }

    /** Returns the new version's id. */
    String rotate(String name, String value) {
        return cluster.aws
                .client()
                .putSecretValue(r -> r.secretId(key(name)).secretString(value))
                .versionId();
    }

    /** How often the operator has read a value of that remote secret, in batches too. */
    long reads(String name) {
        return cluster.aws.requests().stream()
                .filter(request -> request.operation().endsWith("GetSecretValue"))
                .filter(request -> request.secretIds().stream().anyMatch(isSecret(name)))
                .count();
    }

    /** By name, or by ARN, which adds six random characters. */
    private Predicate<String> isSecret(String name) {
        return id -> id.equals(key(name)) || id.matches(".*:secret:" + key(name) + "-\\w{6}");
    }

    /** Applies YAML of namespaced resources, which need not name the namespace. */
    void apply(String yaml) {
        cluster.admin.load(stream(yaml)).inNamespace(namespace).forceConflicts().serverSideApply();
    }

    /** An ExternalSecret of that name with more of its spec; the remote secret db is one key. */
    String externalSecret(String name, String spec) {
        return """
        apiVersion: external-secrets.io/v1
        kind: ExternalSecret
        metadata: {name: %s}
        spec:
          secretStoreRef: {name: aws, kind: SecretStore}
          refreshInterval: 1h
          data: [{secretKey: password, remoteRef: {key: %s}}]
        """
                        .formatted(name, key("db"))
                + spec.indent(2);
    }

    static InputStream stream(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }

    Resource<ExternalSecret> externalSecrets(String name) {
        return cluster.admin.resources(ExternalSecret.class).inNamespace(namespace).withName(name);
    }

    Resource<Secret> secrets(String name) {
        return cluster.admin.secrets().inNamespace(namespace).withName(name);
    }

    ExternalSecret externalSecret(String name) {
        return externalSecrets(name).require();
    }

    Secret secret(String name) {
        return secrets(name).require();
    }

    /** The resourceVersions of the Secrets that the operator has written, by name. */
    Map<String, String> revisions() {
        return cluster
                .admin
                .secrets()
                .inNamespace(namespace)
                .withLabel("reconcile.external-secrets.io/managed", "true")
                .list()
                .getItems()
                .stream()
                .map(Secret::getMetadata)
                .collect(Collectors.toMap(ObjectMeta::getName, ObjectMeta::getResourceVersion));
    }

    /** The Secret's data, decoded; empty when there is no Secret. */
    Optional<Map<String, String>> data(String name) {
        return Optional.ofNullable(secrets(name).get()).map(Tenant::decoded);
    }

    private static Map<String, String> decoded(Secret secret) {
        var decoded = new TreeMap<String, String>();
        Optional.ofNullable(secret.getData())
                .ifPresent(data -> data.forEach((key, value) -> decoded.put(key, decode(value))));
        return decoded;
    }

    private static String decode(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    static String encode(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }

    void awaitData(String name, Map<String, String> data) {
        awaiting("Secret " + name)
                .untilAsserted(() -> assertThat(data(name)).contains(new TreeMap<>(data)));
    }

    /** Waits until Ready of the ExternalSecret has that reason. */
    Condition awaitReady(String name, String reason) {
        awaiting("ExternalSecret " + name)
                .untilAsserted(
                        () -> assertThat(ready(name)).map(Condition::reason).contains(reason));
        return ready(name).orElseThrow();
    }

    /** Whether Ready of all these ExternalSecrets is True. */
    boolean areReady(List<String> names) {
        var ready =
                cluster
                        .admin
                        .resources(ExternalSecret.class)
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .stream()
                        .filter(
                                es ->
                                        es.status().condition(Condition.READY).stream()
                                                .anyMatch(
                                                        condition ->
                                                                condition.status().equals("True")))
                        .map(es -> es.getMetadata().getName())
                        .collect(Collectors.toSet());
        return ready.containsAll(names);
    }

    private Optional<Condition> ready(String name) {
        return externalSecret(name).status().condition(Condition.READY);
    }

    /** Waits until Ready of the SecretStore has that reason. */
    Condition awaitStore(String name, String reason) {
        var stores = cluster.admin.resources(SecretStore.class).inNamespace(namespace);
        awaiting("SecretStore " + name)
                .untilAsserted(
                        () ->
                                assertThat(
                                                stores.withName(name)
                                                        .require()
                                                        .status()
                                                        .condition(Condition.READY))
                                        .map(Condition::reason)
                                        .contains(reason));
        return stores.withName(name).require().status().condition(Condition.READY).orElseThrow();
    }

    static ConditionFactory awaiting(String what) {
        return await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).ignoreExceptions();
    }

    /** Asks for a sync now, as {@code kubectl annotate} does. */
    void forceSync(String name) {
        merge(
                externalSecrets(name),
                "{\"metadata\": {\"annotations\": {\"external-secrets.io/force-sync\": \"%s\"}}}"
                        .formatted(UUID.randomUUID()));
    }

    /** Edits a resource as a person would. */
    static void merge(Resource<?> resource, String patch) {
        resource.patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    @Override
    public void close() {
        var admin = cluster.admin;
        admin.resources(ExternalSecret.class).inNamespace(namespace).delete();
        admin.resources(SecretStore.class).inNamespace(namespace).delete();
    }
}
