package dev.lockstep.sandbox;

import dev.lockstep.sandbox.demo.Show;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The demo that README.md begins with, as a program. */
public final class Demo {

    private static final int USAGE_ERROR = 2;
    private static final String USAGE =
            """
            Usage: ./mvnw -Pdemo package [-Dexec.args="[--keep]"]

            Shows Lockstep at work: the packaged operator as its own process, on an AWS and a
            Kubernetes API inside this program, with the resources of deploy/samples. Takes about
            a minute; the exit code is 0 when everything happened, else 1.

              --keep   go on until stopped, so that you can look around with kubectl
              --help   print this
            """;

    private Demo() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        // Threads of the sandbox's clients may outlive their use.
        System.exit(run(List.of(args), System.out, System.err));
    }

    /** Returns the exit code. */
    static int run(List<String> options, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        if (options.contains("--help")) {
            out.print(USAGE);
            return 0;
        }
        if (!options.isEmpty() && !options.equals(List.of("--keep"))) {
            err.print("unknown option in: " + String.join(" ", options) + "\n\n" + USAGE);
            return USAGE_ERROR;
        }
        try (var aws = EmbeddedAws.start()) {
            var keep = !options.isEmpty();
            return new Show(out, Path.of(""), aws.endpoint(), aws::calls, keep).run();
        }
    }
}
