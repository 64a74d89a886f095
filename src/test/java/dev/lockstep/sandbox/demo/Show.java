package dev.lockstep.sandbox.demo;

import dev.lockstep.sandbox.ChildProcess;
import dev.lockstep.sandbox.EmbeddedKubernetes;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * One run of the demo in a checkout of the project.
 *
 * @param project where {@code crds}, {@code deploy/samples} and {@code target} are
 * @param aws endpoint of the AWS emulator
 * @param awsCalls how often each operation was called there, by anybody
 * @param keep whether all of it goes on until the program is stopped
 */
public record Show(
        PrintStream out,
        Path project,
        URI aws,
        Supplier<Map<String, Integer>> awsCalls,
        boolean keep) {

    private static final Duration BUDGET = Duration.ofSeconds(90);

    /** Returns the exit code: 0 when every step was seen, else 1, with what there is to know. */
    public int run() throws IOException, InterruptedException {
        var timeline = new Timeline(out, System::nanoTime);
        var samples = Samples.read(project.resolve("deploy/samples"));
        var folder = emptyFolder(project.resolve("target/demo"));
        try (var kubernetes = EmbeddedKubernetes.start();
                var account = new Account(aws, samples.region(), awsCalls)) {
            kubernetes.applyCrds(project.resolve("crds"));
            timeline.step(
                    "Sandbox ready: Kubernetes API at %s, AWS at %s"
                            .formatted(kubernetes.url(), aws));
            var kubeconfig = kubernetes.kubeconfig(folder);
            try (var operator = startOperator(folder, kubeconfig)) {
                timeline.step(
                        "Operator started; its log is "
                                + project.relativize(folder.resolve("operator.log")));
                var story =
                        new Story(
                                timeline, BUDGET, kubernetes, account, samples, operator::isAlive);
                var seen = tell(story, operator);
                if (keep) {
                    stayUntilStopped(kubernetes, kubeconfig);
                }
                return seen ? 0 : 1;
            }
        }
    }

    private ChildProcess startOperator(Path folder, Path kubeconfig) {
        var jar = project.resolve("target/quarkus-app/quarkus-run.jar");
        return PackagedOperator.start(jar, folder, kubeconfig, aws);
    }

    private boolean tell(Story story, ChildProcess operator) {
        try {
            story.tell();
            out.println("\nEverything happened.");
            return true;
        } catch (DidNotHappen e) {
            out.println("\nFAILED: " + e.getMessage());
            out.println("\nConditions:");
            story.conditions().forEach(condition -> out.println("  " + condition));
            out.println("\nThe operator's last lines:\n" + operator.logTail());
            return false;
        }
    }

    private void stayUntilStopped(EmbeddedKubernetes kubernetes, Path kubeconfig)
            throws InterruptedException {
        out.println(
                """

                Kept running until Ctrl-C.
                  kubeconfig    %s
                  Kubernetes    %s
                  AWS endpoint  %s (any credentials)"""
                        .formatted(kubeconfig.toAbsolutePath(), kubernetes.url(), aws));
        new CountDownLatch(1).await();
    }

    private static Path emptyFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        }
        return folder;
    }
}
