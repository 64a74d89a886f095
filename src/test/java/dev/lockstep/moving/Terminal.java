package dev.lockstep.moving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/**
 * A shell session of an admin: what one block of commands sets, the next one knows. The first
 * command that fails ends it.
 */
final class Terminal implements AutoCloseable {
    private final Path folder;
    private final Process shell;
    private final BufferedReader output;

    /**
     * @param folder the working directory
     */
    Terminal(Path folder, Map<String, String> environment) {
        this.folder = folder;
        var program =
                new ProcessBuilder("bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-s")
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        program.environment().keySet().removeIf(name -> name.startsWith("HELM_"));
        program.environment().putAll(environment);
        try {
            shell = program.start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a shell", e);
        }
        output = shell.inputReader();
    }

    /** Runs commands and returns what they print. */
    String run(String commands) {
        var end = UUID.randomUUID().toString();
        var printed = new StringBuilder();
        try {
            // From a file, so that a command that reads its input does not read the next command.
            var file = Files.writeString(folder.resolve("commands-" + end), commands);
            var input = shell.outputWriter();
            input.write(". '%s' < /dev/null\nprintf '\\n%s\\n'\n".formatted(file, end));
            input.flush();
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals(end)) {
                    return printed.toString();
                }
                printed.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the shell has ended after " + printed, e);
        }
        throw new AssertionError(
                "these commands failed:\n%s\nafter they had printed:\n%s"
                        .formatted(commands, printed));
    }

    @Override
    public void close() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly().onExit().join();
    }
}
