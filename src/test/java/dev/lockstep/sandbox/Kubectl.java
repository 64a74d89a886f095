package dev.lockstep.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Kubernetes' own kubectl, as an admin of a {@link KubeApiServer}: for what it does by itself, such
 * as reading YAML, client-side apply and printing tables.
 */
public final class Kubectl {

    /**
     * What one call left.
     *
     * @param text standard output and standard error as they came
     */
    public record Result(int code, String text) {}

    private final Path program;
    private final Path kubeconfig;

    public Kubectl(KubeApiServer server) {
        program = TestBinaries.kubernetes(TestBinaries.ofThisMachine().kubernetes(), "kubectl");
        kubeconfig = server.kubeconfig(server.adminConfig());
    }

    /** Waits until it ends. */
    public Result run(String... arguments) {
        var command = new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        // What it caches in the home directory is about servers that are gone.
        builder.environment().put("KUBECACHEDIR", kubeconfig.resolveSibling("kubectl").toString());
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var text = process.getInputStream().readAllBytes();
            return new Result(process.waitFor(), new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + program, e);
        }
    }
}
