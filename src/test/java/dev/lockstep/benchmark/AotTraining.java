package dev.lockstep.benchmark;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.EmbeddedKubernetes;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lets the packaged operator sync against the sandbox on a JVM that records what it loads, links
 * and profiles, and leaves its AOT cache (JEP 514, JEP 515).
 */
@Command(
        name = "hack/aot-cache",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description =
                "Makes the AOT cache that the image's JVM starts from, by running the packaged"
                        + " operator against an embedded AWS and an embedded Kubernetes API.")
public final class AotTraining implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int OBJECTS = 300;

    @Option(
            names = "--java",
            required = true,
            paramLabel = "FOLDER",
            description = "the JVM, 25 or later; the cache is good for this very build of it")
    private Path java;

    @Option(
            names = "--output",
            defaultValue = "target/lockstep.aot",
            paramLabel = "FILE",
            description = "where the cache goes")
    private Path output;

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new AotTraining()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Files.deleteIfExists(output);
        var folder = Files.createDirectories(Path.of("target/aot-cache"));
        try (var aws = EmbeddedAws.start();
                var kubernetes = EmbeddedKubernetes.start()) {
            var admin = kubernetes.client();
            kubernetes.applyCrds(Path.of("crds"));
            apply(admin, CREDENTIALS);
            apply(admin, Cluster.STORE.formatted("aws", "{interval: 1s, maxCallsPerHour: 100000}"));
            for (var i = 0; i < OBJECTS; i++) {
                var key = "training/" + i;
                aws.client().createSecret(r -> r.name(key).secretString("{\"password\": \"a\"}"));
                apply(admin, EXTERNAL_SECRET.formatted(i, key));
            }
            var kubeconfig = kubernetes.kubeconfig(folder);
            var log = folder.resolve("operator.log");
            try (var operator =
                    start(
                            "-XX:AOTCacheOutput=",
                            OperatorProcess.APPLICATION,
                            kubeconfig,
                            aws,
                            log)) {
                await(operator, "the first syncs", () -> ready(admin) == OBJECTS);
                rotate(aws, 0, OBJECTS / 3);
                await(operator, "the rotations", () -> rotated(admin) == OBJECTS / 3);
                requireOrderlyEnd(operator, log);
            }
            // It would start without a cache that does not fit, and nobody would know.
            var second = folder.resolve("operator-from-cache.log");
            try (var operator =
                    start("-XX:AOTMode=on -XX:AOTCache=", copy(folder), kubeconfig, aws, second)) {
                rotate(aws, OBJECTS / 3, OBJECTS / 2);
                await(operator, "a start from the cache", () -> rotated(admin) == OBJECTS / 2);
            }
        }
        return 0;
    }

    /**
     * @param options of the JVM, the last of which takes the cache
     */
    private OperatorProcess start(
            String options, Path application, Path kubeconfig, EmbeddedAws aws, Path log) {
        var all = List.of((options + output.toAbsolutePath()).split(" "));
        return OperatorProcess.start(
                OperatorProcess.command(java, all), application, kubeconfig, aws.endpoint(), log);
    }

    /** As the Dockerfile copies it: elsewhere, but with its times. */
    private static Path copy(Path folder) throws IOException, InterruptedException {
        var copy = folder.resolve("app");
        var copying =
                new ProcessBuilder(
                                "cp",
                                "-aT",
                                OperatorProcess.APPLICATION.toString(),
                                copy.toString())
                        .inheritIO()
                        .start();
        if (copying.waitFor() != 0) {
            throw new IllegalStateException("cannot copy the application to " + copy);
        }
        return copy;
    }

    private static void rotate(EmbeddedAws aws, int from, int to) {
        IntStream.range(from, to)
                .forEach(
                        i ->
                                aws.client()
                                        .putSecretValue(
                                                r ->
                                                        r.secretId("training/" + i)
                                                                .secretString(ROTATED)));
    }

    private void requireOrderlyEnd(OperatorProcess operator, Path log) throws InterruptedException {
        var code = operator.end();
        if (code != 0 || !Files.exists(output)) {
            throw new IllegalStateException(
                    "the operator ended with %d and left no AOT cache: see %s"
                            .formatted(code, log));
        }
    }

    private static final String ROTATED = "{\"password\": \"b\"}";

    private static final String CREDENTIALS =
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: aws-credentials, namespace: default}
            data: {id: QUtJQVRSQUlOSU5H, key: bm9uZQ==}
            """;

    private static final String EXTERNAL_SECRET =
            """
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: {name: es-%d, namespace: default}
            spec:
              refreshInterval: 10s
              secretStoreRef: {name: aws}
              data: [{secretKey: password, remoteRef: {key: %s, property: password}}]
            """;

    private static void apply(KubernetesClient admin, String yaml) {
        admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
    }

    private static long ready(KubernetesClient admin) {
        return admin
                .resources(ExternalSecret.class)
                .inNamespace("default")
                .list()
                .getItems()
                .stream()
                .filter(es -> es.status().condition("Ready").isPresent())
                .count();
    }

    private static long rotated(KubernetesClient admin) {
        return admin.secrets().inNamespace("default").list().getItems().stream()
                .filter(secret -> "Yg==".equals(secret.getData().get("password")))
                .count();
    }

    private static void await(OperatorProcess operator, String what, BooleanSupplier done)
            throws InterruptedException {
        System.err.println("aot-cache: waiting for " + what);
        operator.await(PATIENCE, done);
    }
}
