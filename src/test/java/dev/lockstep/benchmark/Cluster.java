package dev.lockstep.benchmark;

import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.KubeApiServer;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A real API server and an AWS stand-in with a number of remote secrets, one ExternalSecret each.
 */
final class Cluster implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final Pattern REQUESTS =
            Pattern.compile(
                    "apiserver_request_total\\{.*resource=\"([^\"]*)\".*subresource=\"([^\"]*)\".*verb=\"([^\"]*)\".*} (\\S+)");

    final EmbeddedAws aws = EmbeddedAws.start();
    private final KubeApiServer server = KubeApiServer.launch();
    private final KubernetesClient admin =
            new KubernetesClientBuilder().withConfig(server.adminConfig()).build();
    private final int objects;

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
        create(STORE.formatted(versionWatch));
        IntStream.range(0, objects)
                .parallel()
                .forEach(
                        i -> {
                            aws.client()
                                    .createSecret(r -> r.name(key(i)).secretString(value(i, 1)));
                            create(EXTERNAL_SECRET.formatted(i, refreshInterval, key(i)));
                        });
    }

    private static final String STORE =
            """
            apiVersion: external-secrets.io/v1
            kind: SecretStore
            metadata: {name: aws, namespace: default}
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
              secretStoreRef: {name: aws}
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

    /** Whether the Secret carries the rotated value. */
    boolean carriesRotated(Map<String, String> values, int i) {
        return value(i, 2).equals(values.get("es-" + i));
    }

    /** The value of each Secret that the operator has written, by name. */
    Map<String, String> values() {
        var options = new ListOptionsBuilder().withResourceVersion("0").build();
        var values = new HashMap<String, String>();
        for (Secret secret :
                admin.secrets()
                        .inNamespace(NAMESPACE)
                        .withLabel("reconcile.external-secrets.io/managed", "true")
                        .list(options)
                        .getItems()) {
            var bytes = Base64.getDecoder().decode(secret.getData().get("value"));
            values.put(secret.getMetadata().getName(), new String(bytes, StandardCharsets.UTF_8));
        }
        return values;
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
        admin.close();
        server.close();
        aws.close();
    }
}
