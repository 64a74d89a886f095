package dev.lockstep.sandbox.demo;

import dev.lockstep.sandbox.ChildProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The operator as it is shipped, in a process of its own that knows the sandbox only. */
final class PackagedOperator {

    private PackagedOperator() {}

    /**
     * Starts it; what it writes goes to {@code operator.log} in that folder.
     *
     * @param jar of the packaged application
     */
    static ChildProcess start(Path jar, Path folder, Path kubeconfig, URI aws) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "no operator at " + jar + "; package it first: ./mvnw -Pdemo package");
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        // Compiled quickly rather than well: it lives for a minute.
        var program =
                new ProcessBuilder(
                        java.toString(), "-XX:TieredStopAtLevel=1", "-jar", jar.toString());
        var environment = program.environment();
        // Neither the caller's AWS account nor a proxy has anything to do with this.
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.put("NO_PROXY", "localhost,127.0.0.1");
        environment.put("no_proxy", "localhost,127.0.0.1");
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("QUARKUS_HTTP_PORT", "0");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", aws.toString());
        environment.put("AWS_ENDPOINT_URL_STS", aws.toString());
        return ChildProcess.start("operator", folder, program);
    }
}
