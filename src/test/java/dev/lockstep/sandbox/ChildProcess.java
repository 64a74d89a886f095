package dev.lockstep.sandbox;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/**
 * A server that a test needs, run as a process of its own.
 *
 * <p>Its output goes to a file, so that a server that does not come up can be explained by what it
 * said. It is killed, never asked to stop: its data is thrown away, and a server that waits for its
 * watches to drain would hold up every test run. A shutdown hook ends what a cancelled test run
 * leaves behind.
 */
public final class ChildProcess implements AutoCloseable {

    private static final int TAIL_LINES = 40;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> RUNNING.forEach(ChildProcess::kill), "end-servers"));
    }

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /** Starts a program; its output is appended to the file {@code <name>.log} in that folder. */
    static ChildProcess start(Path folder, List<String> command) {
        var name = Path.of(command.get(0)).getFileName().toString();
        return start(name, folder, new ProcessBuilder(command));
    }

    /** The same for a program that needs an environment of its own. */
    public static ChildProcess start(String name, Path folder, ProcessBuilder program) {
        var log = folder.resolve(name + ".log");
        try {
            var process =
                    program.redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            RUNNING.add(process);
            return new ChildProcess(name, log, process);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + program.command().get(0), e);
        }
    }

    /**
     * Waits until the condition holds, an exception counting as not yet. When the time is up, or as
     * soon as the process ends, it is killed and the end of its log is thrown.
     */
    ChildProcess awaitReady(Duration atMost, Callable<Boolean> ready) {
        try {
            await().atMost(atMost)
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .failFast(() -> !process.isAlive())
                    .until(ready);
            return this;
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            var ended = process.isAlive() ? "is not ready after " + atMost : "has ended";
            close();
            throw new IllegalStateException(
                    name + " " + ended + "; its last lines:\n" + logTail(), e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end, as the kubelet does (SIGTERM). */
    void terminate() {
        process.destroy();
    }

    /** Sends it a signal by name, such as STOP. */
    void signal(String name) {
        try {
            var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException(this.name + " took no SIG" + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal " + this.name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signalling " + this.name, e);
        }
    }

    /** How it ended; empty when it still runs after that time. */
    OptionalInt awaitEnd(Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(process.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + name, e);
        }
    }

    /** Everything that it wrote. */
    String log() {
        try {
            return Files.readString(log, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }

    /** The last lines that the process wrote. */
    public String logTail() {
        var lines = log().split("\n", -1);
        return Stream.of(lines)
                .skip(Math.max(0, lines.length - TAIL_LINES))
                .reduce("", (text, line) -> text + line + "\n");
    }

    /** Kills the process and waits until it is gone, so that its port and files are free. */
    @Override
    public void close() {
        kill(process);
        RUNNING.remove(process);
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }
}
