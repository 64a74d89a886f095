package dev.lockstep.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The packaged operator in a process of its own, with an HTTP port, as a pod would run it. It knows
 * the sandbox only: neither the caller's AWS account nor a proxy.
 */
public final class OperatorProcess implements AutoCloseable {
    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final int port = LoopbackPort.free();
    private final ChildProcess process;

    private OperatorProcess(Path kubeconfig, URI aws, Map<String, String> environment) {
        if (!Files.isRegularFile(JAR)) {
            throw new IllegalStateException(
                    "no operator at " + JAR + "; package it first: ./mvnw -DskipTests package");
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        // Compiled quickly rather than well: it lives for minutes.
        var program =
                new ProcessBuilder(
                        java.toString(), "-XX:TieredStopAtLevel=1", "-jar", JAR.toString());
        var of = program.environment();
        of.keySet().removeIf(name -> name.startsWith("AWS_"));
        of.put("NO_PROXY", "localhost,127.0.0.1");
        of.put("no_proxy", "localhost,127.0.0.1");
        of.put("KUBECONFIG", kubeconfig.toString());
        // As the kubelet sets it to the name of the pod.
        of.put("HOSTNAME", "operator-" + port);
        of.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        of.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        of.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.toString());
        of.put("AWS_ENDPOINT_URL_STS", aws.toString());
        of.put("AWS_ENDPOINT_URL_SSM", aws.toString());
        of.put("AWS_ENDPOINT_URL_ECR", aws.toString());
        of.put("AWS_ENDPOINT_URL_ECR_PUBLIC", aws.toString());
        of.putAll(environment);
        process = ChildProcess.start("operator-" + port, kubeconfig.getParent(), program);
    }

    /**
     * Starts it and waits until it says that it has started.
     *
     * @param kubeconfig whose rights it has; its log goes to the same folder
     * @param environment beyond what it needs to find its sandbox
     */
    public static OperatorProcess start(Path kubeconfig, URI aws, Map<String, String> environment) {
        var operator = new OperatorProcess(kubeconfig, aws, environment);
        operator.process.awaitReady(PATIENCE, () -> operator.get("/q/health/started").code == 200);
        return operator;
    }

    /**
     * What it answered over HTTP.
     *
     * @param code 0 when there was no answer
     */
    public record Answer(int code, String body) {}

    /** Asks it for a page, such as {@code /q/metrics}. */
    public Answer get(String path) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(15))
                        .build();
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Answer(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, as the kubelet does (SIGTERM). */
    public void terminate() {
        process.terminate();
    }

    /** Its exit code; empty when it still runs after that time. */
    public OptionalInt awaitEnd(Duration atMost) {
        return process.awaitEnd(atMost);
    }

    /** All that it has logged. */
    public String log() {
        return process.log();
    }

    /** Kills it. */
    @Override
    public void close() {
        process.close();
    }
}
