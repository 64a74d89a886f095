package dev.lockstep.gotemplate;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Templates at random: of the whole language, with mistakes now and then, and some with characters
 * changed. The same seed gives the same templates.
 */
final class RandomTemplates {
    /** Of the root; one that is missing too. */
    private static final List<String> KEYS =
            List.of(
                    "user", "port", "none", "bytes", "user", "port", "none", "bytes", "user",
                    "missing");

    private static final List<String> PUNCTUATION =
            List.of(
                    "{{", "}}", "(", ")", "|", ".", "$", "\"", "'", "`", " ", "-", ":=", "=", ",",
                    "\n", "é", "#");

    /** That take any values. */
    private static final List<String> CALLS =
            List.of("print", "println", "html", "js", "urlquery", "and", "or", "list");

    /** That take some. */
    private static final List<String> CHOOSY =
            List.of("len", "not", "index", "eq", "ne", "lt", "le", "gt", "ge", "call", "len", "eq");

    private static final String VERBS = "vTtdboOxXcqUeEfFgGsz";
    private static final int DEEPEST = 4;

    private final Random random;
    private int variables;
    private boolean mayInvoke;

    RandomTemplates(long seed) {
        this.random = new Random(seed);
    }

    List<String> some(int count) {
        return Stream.generate(this::template).limit(count).toList();
    }

    private String template() {
        variables = 0;
        mayInvoke = false; // It could invoke itself, without end.
        var definition = oneIn(4) ? "{{define \"t\"}}" + body(2) + "{{end}}" : "";
        variables = 0;
        mayInvoke = true;
        var text = definition + body(0);
        return oneIn(6) ? changed(text) : text;
    }

    private String changed(String text) {
        var changed = new StringBuilder(text);
        for (int i = random.nextInt(2); i >= 0 && changed.length() > 0; i--) {
            int at = random.nextInt(changed.length());
            if (random.nextBoolean()) {
                changed.deleteCharAt(at);
            } else {
                changed.insert(at, oneOf(PUNCTUATION));
            }
        }
        return changed.toString();
    }

    private String body(int depth) {
        return Stream.generate(() -> part(depth))
                .limit(1L + random.nextInt(3))
                .collect(Collectors.joining());
    }

    private String part(int depth) {
        if (depth >= DEEPEST) {
            return action(pipeline(depth));
        }
        int outer = variables;
        var part =
                switch (random.nextInt(12)) {
                    case 0, 1 -> oneOf(List.of("Text", " a \n", "\n\n  ", "é✓", "{", "}"));
                    case 2 -> "{{- /* comment */ -}}";
                    case 3 ->
                            action("if " + pipeline(depth))
                                    + body(depth + 1)
                                    + otherwise(depth, "if");
                    case 4 ->
                            action("with " + pipeline(depth))
                                    + body(depth + 1)
                                    + otherwise(depth, "with");
                    case 5, 6 -> range(depth);
                    case 7 -> {
                        var value = pipeline(depth);
                        yield "{{$v" + variables++ + " := " + value + "}}";
                    }
                    case 8 ->
                            variables == 0
                                    ? ""
                                    : action(
                                            "$v%d = %s"
                                                    .formatted(
                                                            random.nextInt(variables),
                                                            pipeline(depth)));
                    case 9 ->
                            mayInvoke && oneIn(3)
                                    ? action("template \"t\" " + pipeline(depth))
                                    : "";
                    default -> action(pipeline(depth));
                };
        // A variable declared here is known to what follows; those within are not.
        variables = part.startsWith("{{$v" + outer + " :=") ? outer + 1 : outer;
        return part;
    }

    private String otherwise(int depth, String keyword) {
        return switch (random.nextInt(4)) {
            case 0 -> "{{end}}";
            case 1 ->
                    "{{else "
                            + keyword
                            + " "
                            + pipeline(depth)
                            + "}}"
                            + body(depth + 1)
                            + "{{end}}";
            default -> "{{else}}" + body(depth + 1) + "{{end}}";
        };
    }

    private String range(int depth) {
        var over =
                switch (random.nextInt(5)) {
                    case 0 -> ".";
                    case 1 -> String.valueOf(random.nextInt(4));
                    case 2 -> list(depth);
                    case 3 -> "(dict \"b\" " + operand(depth) + " \"a\" " + operand(depth) + ")";
                    default -> oneIn(6) ? pipeline(depth) : "(until 3)";
                };
        int outer = variables;
        var declared =
                switch (random.nextInt(3)) {
                    case 0 -> "$v" + variables++ + " := ";
                    case 1 -> "$v" + variables++ + ", $v" + variables++ + " := ";
                    default -> "";
                };
        var control =
                oneIn(3)
                        ? "{{if "
                                + pipeline(depth)
                                + "}}{{"
                                + oneOf(List.of("break", "continue"))
                                + "}}{{end}}"
                        : "";
        var text = action("range " + declared + over) + control + body(depth + 1);
        variables = outer;
        return text + (oneIn(3) ? "{{else}}" + body(depth + 1) : "") + "{{end}}";
    }

    private String action(String inside) {
        return (oneIn(6) ? "{{- " : "{{") + inside + (oneIn(6) ? " -}}" : "}}");
    }

    private String pipeline(int depth) {
        var first = command(depth);
        return oneIn(3) ? first + " | " + (oneIn(3) ? printf(depth, 1) : call()) : first;
    }

    private String call() {
        return oneOf(oneIn(8) ? CHOOSY : CALLS);
    }

    private String command(int depth) {
        return switch (random.nextInt(6)) {
            case 0 -> printf(depth, 0);
            case 1, 2 -> call() + " " + operands(depth, oneIn(8) ? 3 : 1 + random.nextInt(2));
            case 3 ->
                    oneOf(List.of("eq ", "ne ", "lt ", "le ", "gt ", "ge "))
                            + oneOf(
                                    List.of(
                                            "1 2",
                                            "2.5 1.5",
                                            ".user .port",
                                            "\"a\" \"b\"",
                                            "(len .user) 3",
                                            "(index .user 0) 97"));
            default -> operand(depth);
        };
    }

    private String operands(int depth, int count) {
        return Stream.generate(() -> operand(depth)).limit(count).collect(Collectors.joining(" "));
    }

    private String printf(int depth, int piped) {
        int count = random.nextInt(3);
        var format = new StringBuilder();
        for (int i = 0; i < count + (oneIn(5) ? 1 : 0) + piped; i++) {
            format.append(oneOf(List.of("", "a ", "%%", "é"))).append('%');
            format.append(oneOf(List.of("", "", "#", "+", "-", " ", "0", "+#", "-0")));
            format.append(oneOf(List.of("", "", "", "8", "12", "[1]", "*", "[2]*")));
            format.append(oneOf(List.of("", "", "", ".2", ".0", ".", ".*", ".17", ".5")));
            format.append(VERBS.charAt(random.nextInt(VERBS.length())));
        }
        return "printf \"" + format + "\" " + operands(depth, count);
    }

    private String list(int depth) {
        return "(list " + operands(depth, random.nextInt(4)) + ")";
    }

    private String operand(int depth) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> ".";
            case 2, 3, 4 -> "." + oneOf(KEYS) + (oneIn(40) ? ".x" : "");
            case 5 -> "$." + oneOf(KEYS);
            case 6, 7 -> number();
            case 8 ->
                    oneOf(List.of("\"a\\tb\"", "`raw`", "\"\"", "\"é\"", "\"user\"", "\"\\xff\""));
            case 9 -> oneOf(List.of("true", "false", "nil"));
            case 10 -> variables == 0 ? "$" : "$v" + random.nextInt(variables);
            case 11 -> depth < DEEPEST ? list(depth + 1) : "1";
            default ->
                    depth < DEEPEST
                            ? "(" + pipeline(depth + 1) + ")" + (oneIn(40) ? ".a" : "")
                            : "2";
        };
    }

    private String number() {
        return switch (random.nextInt(6)) {
            case 0 ->
                    oneOf(List.of("'a'", "'\\n'", "0x1F", "0b11", "0o7", "1_0", "-3", "2i", "1e3"));
            // Any double there is, most of them far from 1.
            case 1 -> finite(Double.longBitsToDouble(random.nextLong()));
            case 2 -> String.valueOf(random.nextDouble() * 1000);
            case 3 -> String.valueOf(random.nextInt(100_000) / 100.0);
            default -> String.valueOf(random.nextInt(6));
        };
    }

    private static String finite(double number) {
        return Double.isFinite(number) ? String.valueOf(number) : "0.5";
    }

    private boolean oneIn(int count) {
        return random.nextInt(count) == 0;
    }

    private String oneOf(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
