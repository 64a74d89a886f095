package dev.lockstep.benchmark;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.KubeApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A real API server and an AWS stand-in with a number of remote secrets, one ExternalSecret each.
 */
final class Cluster implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final int MIB = 1024 * 1024;
    private static final Pattern REQUESTS =
            Pattern.compile(
                    "apiserver_request_total\\{.*resource=\"([^\"]*)\".*subresource=\"([^\"]*)\".*verb=\"([^\"]*)\".*} (\\S+)");

    final EmbeddedAws aws = EmbeddedAws.start();
    private final KubeApiServer server = KubeApiServer.launch();
    private final KubernetesClient admin =
            new KubernetesClientBuilder().withConfig(server.adminConfig()).build();
    private final int objects;
    private final WrittenSecrets secrets;

    Cluster(int objects, String refreshInterval, String versionWatch) {
        this.objects = objects;
        CrdInstallation.install(admin);
        admin.resource(
                        new SecretBuilder()
                                .withNewMetadata()
                                .withName("aws-credentials")
                                .withNamespace(NAMESPACE)
                                .endMetadata()
                                .addToStringData("id", "AKIABENCHMARK")
                                .addToStringData("key", "none")
                                .build())
                .create();
        create(STORE.formatted("aws", versionWatch));
        secrets = new WrittenSecrets(admin, NAMESPACE);
        IntStream.range(0, objects)
                .parallel()
                .forEach(
                        i -> {
                            aws.client()
                                    .createSecret(r -> r.name(key(i)).secretString(value(i, 1)));
                            create(EXTERNAL_SECRET.formatted(i, refreshInterval, "aws", key(i)));
                        });
    }

    /** Of that name, with those settings of versionWatch. */
    static final String STORE =
            """
            apiVersion: external-secrets.io/v1
            kind: SecretStore
            metadata: {name: %s, namespace: default}
            spec:
              provider:
                aws:
                  service: SecretsManager
                  region: eu-central-1
                  versionWatch: %s
                  auth:
                    secretRef:
                      accessKeyIDSecretRef: {name: aws-credentials, key: id}
                      secretAccessKeySecretRef: {name: aws-credentials, key: key}
            """;

    private static final String EXTERNAL_SECRET =
            """
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: {name: es-%d, namespace: default}
            spec:
              refreshInterval: %s
              secretStoreRef: {name: %s}
              data: [{secretKey: value, remoteRef: {key: %s}}]
            """;

    private void create(String yaml) {
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).create();
    }

    Path kubeconfig() {
        return server.kubeconfig(server.adminConfig());
    }

    private static String key(int i) {
        return "benchmark/secret-%05d".formatted(i);
    }

    private static String value(int i, int version) {
        return "value-%d-%d".formatted(i, version);
    }

    int objects() {
        return objects;
    }

    /** Moves the version of that one. */
    void rotate(int i) {
        aws.client().putSecretValue(r -> r.secretId(key(i)).secretString(value(i, 2)));
    }

    /** How many of the Secrets the operator has written. */
    int written() {
        return secrets.count();
    }

    /** Whether it has written that one. */
    boolean isWritten(String name) {
        return secrets.value(name) != null;
    }

    /** When the rotated value of that one was seen in its Secret; null before. */
    Long rotatedAt(int i) {
        return secrets.seenAt("es-" + i, value(i, 2));
    }

    /** Makes every ExternalSecret due at once, as an admin who annotates all of them. */
    void wakeAll() {
        var patch =
                "{\"metadata\": {\"annotations\": {\"external-secrets.io/force-sync\": \"now\"}}}";
        IntStream.range(0, objects)
                .parallel()
                .forEach(
                        i ->
                                admin.resources(ExternalSecret.class)
                                        .inNamespace(NAMESPACE)
                                        .withName("es-" + i)
                                        .patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /** One more ExternalSecret; returns its name. */
    String addOne() {
        var i = objects;
        aws.client().createSecret(r -> r.name(key(i)).secretString(value(i, 1)));
        create(EXTERNAL_SECRET.formatted(i, "1h", "aws", key(i)));
        return "es-" + i;
    }

    /** Secrets that have nothing to do with the operator. */
    void addForeignSecrets(int count) {
        var data = Base64.getEncoder().encodeToString(new byte[MIB - 1024]);
        IntStream.range(0, count)
                .forEach(
                        i ->
                                admin.resource(
                                                new SecretBuilder()
                                                        .withNewMetadata()
                                                        .withName("foreign-" + i)
                                                        .withNamespace(NAMESPACE)
                                                        .endMetadata()
                                                        .addToData("blob", data)
                                                        .build())
                                        .create());
    }

    /** ExternalSecrets that another operator serves. */
    void addForeignExternalSecrets(int count) {
        if (count > 0) {
            create(
                    STORE.formatted("foreign", "{}")
                            .replace("spec:", "spec:\n  controller: another"));
        }
        IntStream.range(0, count)
                .parallel()
                .forEach(
                        i ->
                                create(
                                        EXTERNAL_SECRET.formatted(
                                                objects + 1 + i, "1m", "foreign", key(i))));
    }

    /**
     * What was asked of the API server since its start, by verb and resource, but for looks at it.
     */
    SortedMap<String, Long> requests() {
        var requests = new TreeMap<String, Long>();
        var metrics = REQUESTS.matcher(admin.raw("/metrics"));
        while (metrics.find()) {
            var resource =
                    metrics.group(1) + (metrics.group(2).isEmpty() ? "" : "/" + metrics.group(2));
            if (!resource.startsWith("/")) {
                requests.merge(
                        metrics.group(3) + " " + resource,
                        (long) Double.parseDouble(metrics.group(4)),
                        Long::sum);
            }
        }
        return requests;
    }

    @Override
    public void close() {
        secrets.close();
        admin.close();
        server.close();
        aws.close();
    }
}
