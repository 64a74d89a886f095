package dev.lockstep.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Kubernetes' own kubectl, as an admin of a {@link KubeApiServer}: for what it does by itself, such
 * as reading YAML, client-side apply and printing tables.
 */
public final class Kubectl {

    private final Path program;
    private final Path kubeconfig;

    public Kubectl(KubeApiServer server) {
        program = TestBinaries.kubernetes(TestBinaries.ofThisMachine().kubernetes(), "kubectl");
        kubeconfig = server.kubeconfig(server.adminConfig());
    }

    /** The folder of kubectl. */
    public Path folder() {
        return program.getParent();
    }

    /** Waits until it ends. */
    public Output run(String... arguments) {
        var command = new ArrayList<>(List.of(program.toString(), "--kubeconfig=" + kubeconfig));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        // What it caches in the home directory is about servers that are gone.
        builder.environment().put("KUBECACHEDIR", kubeconfig.resolveSibling("kubectl").toString());
        return Output.of(builder);
    }
}
