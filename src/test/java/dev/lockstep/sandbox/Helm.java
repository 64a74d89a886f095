package dev.lockstep.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Helm itself, which hack/helm builds. It knows nothing of the machine's own Helm and clusters. */
public final class Helm {

    /** The version that hack/helm builds. */
    static final String VERSION = "4.3.1";

    private static final Path HOME = Path.of("target", "helm");
    private static final Path NO_CLUSTER = Path.of("/dev/null");

    private final Path program = TestBinaries.ofThisMachine().helm("helm");
    private final Path kubeconfig;

    private Helm(Path kubeconfig) {
        this.kubeconfig = kubeconfig;
    }

    /** For what needs no cluster, such as lint and template. */
    public static Helm withoutCluster() {
        return new Helm(NO_CLUSTER);
    }

    /** As an admin of that cluster. */
    public static Helm on(KubeApiServer server) {
        return new Helm(server.kubeconfig(server.adminConfig()));
    }

    /** The folder of helm and kubeconform. */
    public Path folder() {
        return program.getParent();
    }

    /** Waits until it ends. */
    public Output run(String... arguments) {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("HELM_"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        for (var home : List.of("CACHE", "CONFIG", "DATA")) {
            environment.put("HELM_" + home + "_HOME", HOME.toAbsolutePath().toString());
        }
        return Output.of(builder);
    }
}
