package dev.lockstep.crds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The CRDs as they are checked in, for kubectl and for the chart: Helm reads no file outside of it.
 */
final class CrdFiles {

    static final Path FOLDER = Path.of("crds");
    static final Path OF_THE_CHART = Path.of("helm", "lockstep", "files", "crds");

    private CrdFiles() {}

    /** Content by name of the file. */
    static SortedMap<String, String> read() {
        return read(FOLDER);
    }

    static SortedMap<String, String> read(Path folder) {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    static void write(SortedMap<String, String> contents) {
        write(FOLDER, contents);
        write(OF_THE_CHART, contents);
    }

    private static void write(Path folder, SortedMap<String, String> contents) {
        try {
            Files.createDirectories(folder);
            for (var file : contents.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + folder, e);
        }
    }
}
