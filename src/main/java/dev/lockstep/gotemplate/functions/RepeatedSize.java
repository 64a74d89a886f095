package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.util.ArrayDeque;
import java.util.Deque;

/** How large a regular expression is once its counted repetitions are written out. */
final class RepeatedSize {
    /** Go refuses what repeats more. */
    private static final long MOST_REPETITIONS = 1000;

    private static final long MOST_BYTES = 1 << 20;

    private RepeatedSize() {}

    private static final class Group {
        /** Of what the group has so far, and of its last part alone. */
        private long size;

        private long last;

        /** How often the last part's innermost repeats. */
        private long repeats = 1;

        private long mostRepeats = 1;

        void add(long more, long repeats) {
            size += more;
            last = more;
            this.repeats = repeats;
            mostRepeats = Math.max(mostRepeats, repeats);
        }
    }

    /** About the bytes of the program. */
    static long of(String raw) throws FunctionException {
        Deque<Group> groups = new ArrayDeque<>();
        groups.push(new Group());
        for (int i = 0; i < raw.length(); i++) {
            switch (raw.charAt(i)) {
                case '\\' -> {
                    i++;
                    groups.peek().add(1, 1);
                }
                case '[' -> {
                    i = endOfClass(raw, i);
                    groups.peek().add(1, 1);
                }
                case '(' -> groups.push(new Group());
                case ')' -> {
                    if (groups.size() > 1) {
                        var inner = groups.pop();
                        groups.peek().add(inner.size + 2, inner.mostRepeats);
                    }
                }
                case '{' -> {
                    long count = count(raw, i);
                    if (count > 1) {
                        repeat(groups.peek(), count);
                    }
                }
                default -> groups.peek().add(1, 1);
            }
            if (groups.peek().size > MOST_BYTES) {
                throw tooLarge();
            }
        }
        long size = 0;
        for (var group : groups) {
            size += group.size;
        }
        return size;
    }

    private static void repeat(Group group, long count) throws FunctionException {
        long repeats = group.repeats * count;
        if (repeats > MOST_REPETITIONS) {
            throw tooLarge();
        }
        long more = group.last * (count - 1);
        group.size += more;
        group.last += more;
        group.repeats = repeats;
        group.mostRepeats = Math.max(group.mostRepeats, repeats);
    }

    private static FunctionException tooLarge() {
        return new FunctionException("error parsing regexp: invalid repeat count");
    }

    /** The larger number of {@code {2,5}}; 0 for what is no repetition. */
    private static long count(String raw, int open) {
        int close = raw.indexOf('}', open);
        if (close < 0 || close - open > 12) {
            return 0;
        }
        long count = 0;
        for (var number : raw.substring(open + 1, close).split(",", -1)) {
            if (number.isEmpty()) {
                continue;
            }
            if (!number.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return 0;
            }
            count = Math.max(count, Long.parseLong(number));
        }
        return count;
    }

    private static int endOfClass(String raw, int open) {
        int i = open + 1;
        if (i < raw.length() && raw.charAt(i) == '^') {
            i++;
        }
        // First in a class, a bracket is itself.
        if (i < raw.length() && raw.charAt(i) == ']') {
            i++;
        }
        while (i < raw.length() && raw.charAt(i) != ']') {
            if (raw.charAt(i) == '\\') {
                i++;
            } else if (raw.startsWith("[:", i) && raw.indexOf(":]", i) > 0) {
                i = raw.indexOf(":]", i) + 1;
            }
            i++;
        }
        return Math.min(i, raw.length() - 1);
    }
}
