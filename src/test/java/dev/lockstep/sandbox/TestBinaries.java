package dev.lockstep.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where the servers are that tests need and Maven cannot bring.
 *
 * <p>A missing one is a failure that names the remedy, never a skipped test: a suite that skips
 * what it cannot run stays green while it shows nothing.
 */
final class TestBinaries {

    private final Map<String, String> environment;

    TestBinaries(Map<String, String> environment) {
        this.environment = environment;
    }

    static TestBinaries ofThisMachine() {
        return new TestBinaries(System.getenv());
    }

    /** The folder of etcd and kube-apiserver: {@code KUBEBUILDER_ASSETS}, or what hack/ built. */
    Path kubernetes() {
        var folder = Path.of(value("KUBEBUILDER_ASSETS", builtKubernetes().toString()));
        kubernetes(folder, "etcd");
        kubernetes(folder, "kube-apiserver");
        return folder;
    }

    /** One program of that folder; those that a test needs only at times are asked for then. */
    static Path kubernetes(Path folder, String program) {
        return existing(
                folder.resolve(program), "run hack/kube-api-server, or set KUBEBUILDER_ASSETS");
    }

    /** The program moto_server: {@code MOTO_SERVER}, or what hack/ installed. */
    Path motoServer() {
        var installed = cache().resolve(Path.of("moto", MotoServer.VERSION, "bin", "moto_server"));
        return existing(
                Path.of(value("MOTO_SERVER", installed.toString())),
                "run hack/moto, or set MOTO_SERVER");
    }

    /** One of helm and kubeconform, in {@code LOCKSTEP_HELM} or in what hack/ built. */
    Path helm(String program) {
        var built = cache().resolve(Path.of("helm", Helm.VERSION + "-" + platform()));
        var folder = Path.of(value("LOCKSTEP_HELM", built.toString()));
        return existing(folder.resolve(program), "run hack/helm, or set LOCKSTEP_HELM");
    }

    /** The program gotpl: {@code LOCKSTEP_GOTPL}, or what hack/ built. */
    Path goTemplates() {
        var built =
                cache().resolve(Path.of("gotpl", GoTemplates.VERSION + "-" + platform(), "gotpl"));
        return existing(
                Path.of(value("LOCKSTEP_GOTPL", built.toString())),
                "run hack/gotpl/build, or set LOCKSTEP_GOTPL");
    }

    private Path builtKubernetes() {
        return cache().resolve(Path.of("k8s", KubeApiServer.VERSION + "-" + platform()));
    }

    private static String platform() {
        var os =
                System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac")
                        ? "darwin"
                        : "linux";
        var arch = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
        return os + "-" + arch;
    }

    /** The same rule as in the scripts under hack/. */
    private Path cache() {
        var home = value("HOME", System.getProperty("user.home"));
        var caches = value("XDG_CACHE_HOME", home + "/.cache");
        return Path.of(value("LOCKSTEP_CACHE", caches + "/lockstep"));
    }

    /** As in a shell's {@code ${NAME:-otherwise}}: empty counts as unset. */
    private String value(String name, String otherwise) {
        var value = environment.getOrDefault(name, "");
        return value.isEmpty() ? otherwise : value;
    }

    private static Path existing(Path program, String remedy) {
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(
                    "this test needs " + program + ", which does not exist: " + remedy);
        }
        return program;
    }
}
