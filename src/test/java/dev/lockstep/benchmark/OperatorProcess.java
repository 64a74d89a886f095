package dev.lockstep.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The packaged operator as a process of its own, and what the kernel tells of it. */
final class OperatorProcess implements AutoCloseable {
    /** The kernel counts CPU time in these, on every Linux that runs Java. */
    private static final double TICKS_PER_SECOND = 100;

    /** As deploy/deployment.yaml has them, with the heap that its memory limit leaves. */
    static final List<String> FLAGS =
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m");

    private final Process process;

    private OperatorProcess(Process process) {
        this.process = process;
    }

    static OperatorProcess start(Path jar, Path kubeconfig, URI aws, Path log) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-jar", jar.toString()));
        var program = new ProcessBuilder(command).redirectErrorStream(true);
        var environment = program.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("LOCKSTEP_LEADER_ELECTION_LEASE_NAMESPACE", "default");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.toString());
        environment.put("AWS_ENDPOINT_URL_STS", aws.toString());
        environment.put("NO_PROXY", "localhost,127.0.0.1");
        environment.put("no_proxy", "localhost,127.0.0.1");
        try {
            return new OperatorProcess(program.redirectOutput(log.toFile()).start());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the operator", e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** User and system time since its start. */
    double cpuSeconds() {
        var stat = read("stat");
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Memory that it holds just now, in MiB. */
    long residentMib() {
        var line =
                read("status")
                        .lines()
                        .filter(l -> l.startsWith("VmRSS:"))
                        .findFirst()
                        .orElseThrow();
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file));
        } catch (IOException e) {
            throw new UncheckedIOException("the operator has ended", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
