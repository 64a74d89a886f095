package dev.lockstep.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a program left that has ended.
 *
 * @param text standard output and standard error as they came
 */
public record Output(int code, String text) {

    /** Runs a program and waits until it ends. */
    public static Output of(ProcessBuilder program) {
        try {
            var process = program.redirectErrorStream(true).start();
            process.getOutputStream().close();
            var text = process.getInputStream().readAllBytes();
            return new Output(process.waitFor(), new String(text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + program.command().get(0), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + program.command(), e);
        }
    }

    /** The text of a program that must have succeeded. */
    public String successful() {
        if (code != 0) {
            throw new AssertionError("it ended with " + code + ": " + text);
        }
        return text;
    }
}
