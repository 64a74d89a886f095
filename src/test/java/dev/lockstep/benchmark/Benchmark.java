package dev.lockstep.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lockstep.gotemplate.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the packaged operator: N ExternalSecrets of one key each, synced, idle, and with a
 * twentieth of them rotated. Progress goes to standard error, the figures as JSON to standard
 * output.
 */
@Command(
        name = "hack/benchmark",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        showDefaultValues = true,
        description =
                "Measures the packaged operator on a real Kubernetes API server and an AWS stand-in"
                        + " that counts calls. Figures go to standard output as JSON.")
public final class Benchmark implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final Duration ROTATIONS = Duration.ofSeconds(20);
    private static final int EACH = 20;

    @Option(
            names = "--objects",
            defaultValue = "1000",
            paramLabel = "N",
            description = "ExternalSecrets, one remote key each")
    private int objects;

    @Option(
            names = "--idle",
            defaultValue = "60",
            paramLabel = "SECONDS",
            description = "how long nothing changes while calls are counted")
    private int idle;

    @Option(
            names = "--refresh-interval",
            defaultValue = "1m",
            paramLabel = "DURATION",
            description = "of each ExternalSecret")
    private String refreshInterval;

    @Option(
            names = "--version-watch",
            defaultValue = "{}",
            paramLabel = "YAML",
            description = "of the store, such as \"{interval: 10s, maxCallsPerHour: 10000}\"")
    private String versionWatch;

    @Option(
            names = "--foreign-secrets",
            defaultValue = "0",
            paramLabel = "N",
            description = "Secrets of 1 MiB that are none of the operator's")
    private int foreignSecrets;

    @Option(
            names = "--foreign-external-secrets",
            defaultValue = "0",
            paramLabel = "N",
            description = "ExternalSecrets of another controller class")
    private int foreignExternalSecrets;

    @Option(
            names = "--java",
            defaultValue = "${sys:java.home}",
            paramLabel = "FOLDER",
            description = "the JVM to run the operator on")
    private Path java;

    @Option(
            names = "--aot-cache",
            paramLabel = "FILE",
            description = "the JVM's AOT cache, as hack/aot-cache leaves it; needs a JDK 25")
    private Path aotCache;

    @Option(
            names = "--java-option",
            paramLabel = "OPTION",
            description = "one more option of that JVM; can be repeated")
    private List<String> javaOptions = List.of();

    private final Map<String, Object> figures = new LinkedHashMap<>();

    /** Runs it. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmark()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        figures.put("objects", objects);
        figures.put("refreshInterval", refreshInterval);
        figures.put("versionWatch", versionWatch);
        figures.put("foreignSecrets", foreignSecrets);
        figures.put("foreignExternalSecrets", foreignExternalSecrets);
        figures.put("processors", Runtime.getRuntime().availableProcessors());
        // The memory limit of the chart.
        var options = new ArrayList<>(List.of("-XX:MaxRAM=512m"));
        if (aotCache != null) {
            options.add("-XX:AOTCache=" + aotCache.toAbsolutePath());
        } else {
            say("without an AOT cache, which the image has");
        }
        options.addAll(javaOptions);
        var command = OperatorProcess.command(java, options);
        figures.put("java", release());
        figures.put("command", String.join(" ", command));
        measureTemplates();
        say("preparing " + objects + " ExternalSecrets");
        try (var cluster = new Cluster(objects, refreshInterval, versionWatch)) {
            cluster.addForeignSecrets(foreignSecrets);
            cluster.addForeignExternalSecrets(foreignExternalSecrets);
            measure(cluster, command);
        }
        System.out.println(
                new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(figures));
        return 0;
    }

    /** On the JVM of the benchmark itself. */
    private void measureTemplates() {
        say("rendering templates");
        try {
            var speed = new TemplateSpeed();
            figures.put("microsecondsToParseTemplate", speed.microsecondsToParse());
            figures.put("microsecondsToRenderTemplate", speed.microsecondsToRender());
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the JVM calls itself. */
    private String release() throws IOException {
        try (var lines = Files.lines(java.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_RUNTIME_VERSION="))
                    .findFirst()
                    .map(line -> line.replaceAll("[^=]*=|\"", ""))
                    .orElse("unknown");
        }
    }

    private void measure(Cluster cluster, List<String> command)
            throws IOException, InterruptedException {
        var log = Files.createDirectories(Path.of("target/benchmark")).resolve("operator.log");
        cluster.aws.forgetRequests();
        var start = System.nanoTime();
        try (var operator =
                OperatorProcess.start(
                        command,
                        OperatorProcess.APPLICATION,
                        cluster.kubeconfig(),
                        cluster.aws.endpoint(),
                        log)) {
            operator.await(PATIENCE, () -> cluster.written() == cluster.objects());
            figures.put("secondsUntilAllSynced", since(start));
            Thread.sleep(SETTLE.toMillis());
            figures.put("awsCallsUntilSettled", cluster.aws.calls());
            figures.put("apiRequestsUntilSettled", cluster.requests());
            figures.put("cpuSecondsUntilSettled", operator.cpuSeconds());
            idle(cluster, operator);
            figures.put("residentMibIdle", operator.residentMib());
            rotate(cluster, operator);
            addOneWhileAllAreRefreshed(cluster, operator);
            figures.put("residentMibAtTheEnd", operator.residentMib());
            figures.put("peakResidentMib", operator.peakResidentMib());
        }
    }

    private void idle(Cluster cluster, OperatorProcess operator) throws InterruptedException {
        say("idle for " + idle + " s");
        cluster.aws.forgetRequests();
        var requests = cluster.requests();
        var cpu = operator.cpuSeconds();
        Thread.sleep(Duration.ofSeconds(idle).toMillis());
        var minutes = idle / 60.0;
        var after = cluster.requests();
        after.replaceAll((what, count) -> count - requests.getOrDefault(what, 0L));
        after.values().removeIf(count -> count == 0);
        figures.put("idleAwsCallsPerMinute", perMinute(cluster.aws.calls(), minutes));
        figures.put("idleApiRequestsPerMinute", perMinute(after, minutes));
        figures.put("idleCpuSecondsPerMinute", rounded((operator.cpuSeconds() - cpu) / minutes));
    }

    /** One after the other, so that they fall on every moment between two looks. */
    private void rotate(Cluster cluster, OperatorProcess operator) throws InterruptedException {
        var chosen =
                new ArrayList<>(
                        IntStream.range(0, cluster.objects())
                                .filter(i -> i % EACH == 0)
                                .boxed()
                                .toList());
        Collections.shuffle(chosen);
        say("rotating " + chosen.size());
        var pause = ROTATIONS.dividedBy(chosen.size());
        var rotatedAt = new HashMap<Integer, Long>();
        for (var i : chosen) {
            cluster.rotate(i);
            rotatedAt.put(i, System.nanoTime());
            Thread.sleep(pause.toMillis());
        }
        operator.await(PATIENCE, () -> chosen.stream().allMatch(i -> cluster.rotatedAt(i) != null));
        var seconds =
                chosen.stream()
                        .map(i -> rounded((cluster.rotatedAt(i) - rotatedAt.get(i)) / 1e9))
                        .sorted()
                        .toList();
        figures.put("rotated", seconds.size());
        figures.put("secondsToSecretP50", seconds.get(seconds.size() / 2));
        figures.put("secondsToSecretP99", seconds.get(seconds.size() * 99 / 100));
    }

    /** A new ExternalSecret must not wait until all that was woken has been looked at. */
    private void addOneWhileAllAreRefreshed(Cluster cluster, OperatorProcess operator)
            throws InterruptedException {
        say("a new ExternalSecret while all are refreshed");
        cluster.wakeAll();
        var start = System.nanoTime();
        var name = cluster.addOne();
        operator.await(PATIENCE, () -> cluster.isWritten(name));
        figures.put("secondsToSyncANewOneWhileAllAreRefreshed", since(start));
    }

    private static SortedMap<String, Double> perMinute(
            Map<String, ? extends Number> counts, double minutes) {
        var rates = new TreeMap<String, Double>();
        counts.forEach((what, count) -> rates.put(what, rounded(count.doubleValue() / minutes)));
        rates.put("total", rounded(rates.values().stream().mapToDouble(Double::doubleValue).sum()));
        return rates;
    }

    private static double since(long start) {
        return rounded((System.nanoTime() - start) / 1e9);
    }

    private static double rounded(double figure) {
        return Math.round(figure * 100) / 100.0;
    }

    private static void say(String what) {
        System.err.println("benchmark: " + what);
    }
}
