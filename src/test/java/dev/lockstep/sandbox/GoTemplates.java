package dev.lockstep.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Go's own template engine with Sprig, which hack/gotpl/build builds. */
public final class GoTemplates {

    /** The version of Sprig that hack/gotpl brings. */
    static final String VERSION = "3.3.0";

    private final Path program = TestBinaries.ofThisMachine().goTemplates();

    /**
     * Asks it all at once.
     *
     * @param requests a JSON object each, as hack/gotpl/main.go says
     * @return the answer to each, likewise
     */
    public List<String> answers(List<String> requests) {
        try {
            var file = Files.createTempFile("lockstep-gotpl-", ".jsonl");
            try {
                Files.write(file, requests);
                var process =
                        new ProcessBuilder(program.toString())
                                .redirectInput(file.toFile())
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start();
                var text =
                        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                var answers = text.lines().toList();
                if (process.waitFor() != 0 || answers.size() != requests.size()) {
                    throw new IllegalStateException(
                            "gotpl gave %d answers to %d requests"
                                    .formatted(answers.size(), requests.size()));
                }
                return answers;
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + program, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + program, e);
        }
    }
}
