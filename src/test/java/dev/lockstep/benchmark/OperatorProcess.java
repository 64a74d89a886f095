package dev.lockstep.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The packaged operator as a process of its own, and what the kernel tells of it. */
final class OperatorProcess implements AutoCloseable {
    private static final Path OPTIONS = Path.of("src/main/container/java.options");

    /** Where it is packaged. */
    static final Path APPLICATION = Path.of("target/quarkus-app");

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The kernel counts CPU time in these, on every Linux that runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    private final Process process;
    private final Path log;

    private OperatorProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * The command that runs it as the image does.
     *
     * @param java the JVM's folder
     * @param more options of the JVM
     */
    static List<String> command(Path java, List<String> more) {
        var command = new ArrayList<String>();
        command.add(java.resolve("bin/java").toString());
        command.add("@" + OPTIONS.toAbsolutePath());
        command.addAll(more);
        command.addAll(List.of("-jar", "quarkus-run.jar"));
        return command;
    }

    /**
     * Starts it.
     *
     * @param application the folder that it is in
     */
    static OperatorProcess start(
            List<String> command, Path application, Path kubeconfig, URI aws, Path log) {
        var program =
                new ProcessBuilder(command)
                        .directory(application.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        var environment = program.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.putAll(
                Map.of(
                        "KUBECONFIG",
                        kubeconfig.toAbsolutePath().toString(),
                        "HOSTNAME",
                        "lockstep-0",
                        "QUARKUS_HTTP_PORT",
                        "0",
                        "LOCKSTEP_LEADER_ELECTION_LEASE_NAMESPACE",
                        "default",
                        "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                        aws.toString(),
                        "AWS_ENDPOINT_URL_STS",
                        aws.toString(),
                        "NO_PROXY",
                        "localhost,127.0.0.1",
                        "no_proxy",
                        "localhost,127.0.0.1"));
        try {
            return new OperatorProcess(program.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the operator", e);
        }
    }

    /** Waits until that is so, as long as it runs. */
    void await(Duration atMost, BooleanSupplier done) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        while (!done.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "the operator has ended or is too slow: see " + log);
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    /** User and system time since its start. */
    double cpuSeconds() {
        var stat = read("stat");
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Memory that it holds just now, in MiB. */
    long residentMib() {
        return mib("VmRSS:");
    }

    /** The most that it has ever held, in MiB. */
    long peakResidentMib() {
        return mib("VmHWM:");
    }

    private long mib(String field) {
        var line = read("status").lines().filter(l -> l.startsWith(field)).findFirst();
        return Long.parseLong(line.orElseThrow().replaceAll("\\D", "")) / 1024;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException("the operator has ended", e);
        }
    }

    /** Tells it to end, waits, and returns its exit code. */
    int end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("the operator does not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
