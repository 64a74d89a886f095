package dev.lockstep.moving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The shell commands of docs/moving-from-eso.md: fenced blocks, by the section they are in. */
final class Guide {
    private static final Path FILE = Path.of("docs", "moving-from-eso.md");
    private static final String FENCE = "```";

    private final Map<String, List<String>> blocks;

    private Guide(Map<String, List<String>> blocks) {
        this.blocks = blocks;
    }

    static Guide read() {
        try {
            return parse(Files.readAllLines(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
    }

    static Guide parse(List<String> lines) {
        var blocks = new LinkedHashMap<String, List<String>>();
        var section = "";
        StringBuilder block = null;
        var indent = 0;
        for (var line : lines) {
            if (block == null && line.startsWith("## ")) {
                section = line.substring(3);
            } else if (block == null && line.strip().startsWith(FENCE)) {
                if (!line.strip().equals(FENCE + "sh")) {
                    throw new IllegalStateException(
                            "a fenced block that is not sh, in section " + section + ": " + line);
                }
                indent = line.indexOf(FENCE);
                block = new StringBuilder();
            } else if (block != null && line.strip().equals(FENCE)) {
                blocks.computeIfAbsent(section, key -> new ArrayList<>()).add(block.toString());
                block = null;
            } else if (block != null) {
                block.append(line.substring(Math.min(indent, line.length()))).append('\n');
            }
        }
        if (block != null) {
            throw new IllegalStateException("a fenced block does not end, in section " + section);
        }
        return new Guide(blocks);
    }

    /** The titles of sections that have commands. */
    Stream<String> sections() {
        return blocks.keySet().stream();
    }

    /** The commands of a section, a block for each step. */
    List<String> steps(String section) {
        var steps = blocks.get(section);
        if (steps == null) {
            throw new IllegalArgumentException(FILE + " has no commands in section " + section);
        }
        return List.copyOf(steps);
    }
}
