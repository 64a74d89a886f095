package dev.lockstep.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Measures the packaged operator: N ExternalSecrets of one key each, synced, idle, and with a
 * twentieth of them rotated. Progress goes to standard error, the figures as JSON to standard
 * output.
 */
public final class Benchmark {
    private static final String USAGE =
            """
            Usage: hack/benchmark [--objects N] [--idle SECONDS] [--refresh-interval DURATION]
                                  [--version-watch YAML]

              --objects N             ExternalSecrets, one remote key each; default 1000
              --idle SECONDS          how long nothing changes while calls are counted; default 60
              --refresh-interval D    of each ExternalSecret; default 1m
              --version-watch YAML    of the store, such as "{interval: 10s, maxCallsPerHour: 10000}"
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final int EACH = 20;

    private final Map<String, Object> figures = new LinkedHashMap<>();

    private Benchmark() {}

    /** Runs it; see {@link #USAGE}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var options = new TreeMap<String, String>();
        options.put("--objects", "1000");
        options.put("--idle", "60");
        options.put("--refresh-interval", "1m");
        options.put("--version-watch", "{}");
        for (var i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length
                    || options.replace(arguments[i], arguments[i + 1]) == null) {
                var help = arguments[i].equals("--help") || arguments[i].equals("-h");
                (help ? System.out : System.err).print(USAGE);
                System.exit(help ? 0 : 2);
            }
        }
        new Benchmark().run(options);
        System.exit(0);
    }

    private void run(Map<String, String> options) throws IOException, InterruptedException {
        say("preparing " + options.get("--objects") + " ExternalSecrets");
        var objects = Integer.parseInt(options.get("--objects"));
        try (var cluster =
                new Cluster(
                        objects,
                        options.get("--refresh-interval"),
                        options.get("--version-watch"))) {
            figures.put("options", options);
            figures.put("java", System.getProperty("java.runtime.version"));
            figures.put("flags", OperatorProcess.FLAGS);
            figures.put("processors", Runtime.getRuntime().availableProcessors());
            measure(cluster, Duration.ofSeconds(Long.parseLong(options.get("--idle"))));
        }
        System.out.println(
                new ObjectMapper()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .writeValueAsString(figures));
    }

    private void measure(Cluster cluster, Duration idle) throws IOException, InterruptedException {
        var log = Files.createDirectories(Path.of("target/benchmark")).resolve("operator.log");
        var jar = Path.of("target/quarkus-app/quarkus-run.jar");
        cluster.aws.forgetRequests();
        var start = System.nanoTime();
        try (var operator =
                OperatorProcess.start(jar, cluster.kubeconfig(), cluster.aws.endpoint(), log)) {
            await(operator, () -> cluster.values().size() == cluster.objects());
            figures.put("secondsUntilAllSynced", since(start));
            Thread.sleep(SETTLE.toMillis());
            figures.put("awsCallsUntilSettled", cluster.aws.calls());
            figures.put("cpuSecondsUntilSettled", operator.cpuSeconds());
            idle(cluster, operator, idle);
            rotate(cluster, operator);
            figures.put("residentMib", operator.residentMib());
        }
    }

    private void idle(Cluster cluster, OperatorProcess operator, Duration idle)
            throws InterruptedException {
        say("idle for " + idle.toSeconds() + " s");
        cluster.aws.forgetRequests();
        var requests = cluster.requests();
        var cpu = operator.cpuSeconds();
        Thread.sleep(idle.toMillis());
        var minutes = idle.toSeconds() / 60.0;
        var after = cluster.requests();
        after.replaceAll((what, count) -> count - requests.getOrDefault(what, 0L));
        after.values().removeIf(count -> count == 0);
        figures.put("idleAwsCallsPerMinute", perMinute(cluster.aws.calls(), minutes));
        figures.put("idleApiRequestsPerMinute", perMinute(after, minutes));
        figures.put("idleCpuSecondsPerMinute", (operator.cpuSeconds() - cpu) / minutes);
    }

    private void rotate(Cluster cluster, OperatorProcess operator) throws InterruptedException {
        var waiting = new HashSet<Integer>();
        for (var i = 0; i < cluster.objects(); i += EACH) {
            waiting.add(i);
        }
        say("rotating " + waiting.size());
        var start = System.nanoTime();
        waiting.forEach(cluster::rotate);
        var seconds = new ArrayList<Double>();
        await(
                operator,
                () -> {
                    var values = cluster.values();
                    var arrived = Set.copyOf(waiting);
                    waiting.removeIf(i -> cluster.carriesRotated(values, i));
                    var count = arrived.size() - waiting.size();
                    for (var i = 0; i < count; i++) {
                        seconds.add(since(start));
                    }
                    return waiting.isEmpty();
                });
        figures.put("rotated", seconds.size());
        figures.put("secondsToSecretP50", seconds.get(seconds.size() / 2));
        figures.put("secondsToSecretP99", seconds.get(seconds.size() * 99 / 100));
    }

    private static void await(OperatorProcess operator, BooleanSupplier done)
            throws InterruptedException {
        var end = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (!operator.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the operator has ended or is too slow: see target/benchmark/operator.log");
            }
            Thread.sleep(250);
        }
    }

    private static SortedMap<String, Double> perMinute(
            Map<String, ? extends Number> counts, double minutes) {
        var rates = new TreeMap<String, Double>();
        counts.forEach((what, count) -> rates.put(what, count.doubleValue() / minutes));
        rates.put("total", rates.values().stream().mapToDouble(Double::doubleValue).sum());
        return rates;
    }

    private static double since(long start) {
        return Math.round((System.nanoTime() - start) / 1e8) / 10.0;
    }

    private static void say(String what) {
        System.err.println("benchmark: " + what);
    }
}
