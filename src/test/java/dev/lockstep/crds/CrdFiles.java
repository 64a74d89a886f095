package dev.lockstep.crds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The CRDs as they are checked in. */
final class CrdFiles {

    static final Path FOLDER = Path.of("crds");

    private CrdFiles() {}

    /** Content by name of the file. */
    static SortedMap<String, String> read() {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FOLDER, e);
        }
    }

    static void write(SortedMap<String, String> contents) {
        try {
            Files.createDirectories(FOLDER);
            for (var file : contents.entrySet()) {
                Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to " + FOLDER, e);
        }
    }
}
