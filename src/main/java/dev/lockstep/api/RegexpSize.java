package dev.lockstep.api;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * How large a regular expression becomes when it is compiled, which unrolls repetitions. Go refuses
 * what is too large and nests too deeply; re2j does neither, and {@code ((a{999}){999}){999}} would
 * take all memory.
 */
final class RegexpSize {
    private static final int LARGEST = 100_000;
    private static final int DEEPEST = 1_000;

    private final String source;
    private final Deque<Group> open = new ArrayDeque<>();
    private Group group = new Group();
    private int at;

    private RegexpSize(String source) {
        this.source = source;
    }

    /** What is wrong with its size; empty when nothing is, though it may still be malformed. */
    static Optional<String> problem(String source) {
        return new RegexpSize(source).problem();
    }

    /** What has been read of a group: all but its last item, which may still be repeated. */
    private static final class Group {
        private long before;
        private long last;

        void item(long size) {
            before += last;
            last = size;
        }

        void repeat(long times) {
            last = Math.min(last, Integer.MAX_VALUE) * Math.max(times, 1) + 1;
        }

        long size() {
            return before + last;
        }
    }

    private Optional<String> problem() {
        while (at < source.length()) {
            step();
            if (open.size() > DEEPEST) {
                return Optional.of("it nests deeper than " + DEEPEST + " levels");
            }
            if (group.size() > LARGEST) {
                return Optional.of("it is too large when its repetitions are written out");
            }
        }
        long size = group.size() + open.stream().mapToLong(Group::size).sum();
        return size > LARGEST
                ? Optional.of("it is too large when its repetitions are written out")
                : Optional.empty();
    }

    private void step() {
        char c = source.charAt(at);
        switch (c) {
            case '\\' -> escape();
            case '[' -> characterClass();
            case '(' -> {
                open.push(group);
                group = new Group();
                at++;
            }
            case ')' -> {
                long size = group.size() + 2;
                group = open.isEmpty() ? group : open.pop();
                group.item(size);
                at++;
            }
            case '{' -> repetition();
            case '*', '+', '?' -> {
                group.repeat(1);
                at++;
            }
            default -> {
                group.item(1);
                at++;
            }
        }
    }

    private void escape() {
        if (source.startsWith("\\Q", at)) {
            int end = source.indexOf("\\E", at);
            end = end < 0 ? source.length() : end;
            group.item(end - at);
            group.item(1);
            at = Math.min(end + 2, source.length());
            return;
        }
        group.item(1);
        at += 2;
        boolean braced = source.startsWith("{", at) && "pPx".indexOf(source.charAt(at - 1)) >= 0;
        if (braced) {
            int end = source.indexOf('}', at);
            at = end < 0 ? source.length() : end + 1;
        }
    }

    private void characterClass() {
        group.item(1);
        at++;
        at += source.startsWith("^", at) ? 1 : 0;
        at += source.startsWith("]", at) ? 1 : 0;
        while (at < source.length() && source.charAt(at) != ']') {
            int named = source.startsWith("[:", at) ? source.indexOf(":]", at) : -1;
            at = named >= 0 ? named + 2 : at + (source.charAt(at) == '\\' ? 2 : 1);
        }
        at++;
    }

    /** A brace that begins no repetition stands for itself. */
    private void repetition() {
        int end = source.indexOf('}', at);
        var counts = end < 0 ? "" : source.substring(at + 1, end);
        if (!counts.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            group.item(1);
            at++;
            return;
        }
        long times = 0;
        for (var count : counts.split(",")) {
            times = Math.max(times, Long.parseLong(count));
        }
        group.repeat(times);
        at = end + 1;
    }
}
