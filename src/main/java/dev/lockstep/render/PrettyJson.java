package dev.lockstep.render;

import dev.lockstep.render.Json.JsonArray;
import dev.lockstep.render.Json.JsonNumber;
import dev.lockstep.render.Json.JsonObject;
import dev.lockstep.render.Json.JsonString;
import dev.lockstep.render.Json.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The modifier {@code @pretty}, as github.com/tidwall/pretty lays out: an array stands on one line
 * where it holds no object and fits.
 */
final class PrettyJson {
    private static final int DEFAULT_WIDTH = 80;

    private final PathBudget budget;
    private final StringBuilder out = new StringBuilder();
    private int lineStart;
    private int width = DEFAULT_WIDTH;
    private String prefix = "";
    private String indent = "  ";
    private boolean sortKeys;

    private PrettyJson(PathBudget budget) {
        this.budget = budget;
    }

    static String format(Json value, String argument, PathBudget budget)
            throws UnservedSyntaxException {
        var pretty = new PrettyJson(budget);
        for (var option : Modifier.options(argument)) {
            pretty.set(option.name(), option.value());
        }
        pretty.out.append(pretty.prefix);
        pretty.write(value, 0);
        return pretty.out.append('\n').toString();
    }

    private void set(String option, Json value) {
        switch (option) {
            case "sortKeys" -> sortKeys = Query.isTrue(value);
            case "indent" -> indent = whiteSpace(value.text());
            case "prefix" -> prefix = whiteSpace(value.text());
            case "width" -> width = (int) GoFloat.parse(value.text());
            default -> {}
        }
    }

    private static String whiteSpace(String text) {
        return text.chars()
                .filter(c -> " \t\n\r".indexOf(c) >= 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    private void write(Json value, int depth) throws UnservedSyntaxException {
        if (value instanceof JsonObject object) {
            write(object, depth);
        } else if (value instanceof JsonArray array) {
            write(array, depth);
        } else {
            budget.make(value.raw().length());
            out.append(value.raw());
        }
    }

    private void write(JsonObject object, int depth) throws UnservedSyntaxException {
        out.append('{');
        var separator = "";
        for (var member : members(object)) {
            out.append(separator);
            newLine(depth + 1);
            budget.make(member.writtenName().length() + 3L);
            out.append(member.writtenName()).append(": ");
            write(member.value(), depth + 1);
            separator = ",";
        }
        if (!object.members().isEmpty()) {
            newLine(depth);
        }
        out.append('}');
    }

    private void write(JsonArray array, int depth) throws UnservedSyntaxException {
        int room = width - (out.length() - lineStart);
        if (width > 0 && room > 3) {
            var line = new StringBuilder();
            if (fits(array, line, room)) {
                budget.make(line.length());
                out.append(line);
                return;
            }
        }
        out.append('[');
        var separator = "";
        for (var element : array.elements()) {
            out.append(separator);
            newLine(depth + 1);
            write(element, depth + 1);
            separator = ",";
        }
        if (!array.elements().isEmpty()) {
            newLine(depth);
        }
        out.append(']');
    }

    private static boolean fits(JsonArray array, StringBuilder line, int room) {
        line.append('[');
        var separator = "";
        for (var element : array.elements()) {
            line.append(separator);
            if (element instanceof JsonObject) {
                return false;
            }
            if (element instanceof JsonArray inner) {
                if (!fits(inner, line, room)) {
                    return false;
                }
            } else {
                line.append(element.raw());
            }
            if (line.length() > room) {
                return false;
            }
            separator = ", ";
        }
        line.append(']');
        return line.length() <= room;
    }

    private void newLine(int depth) throws UnservedSyntaxException {
        budget.make(1L + prefix.length() + (long) indent.length() * depth);
        lineStart = out.length();
        out.append('\n').append(prefix).append(indent.repeat(depth));
    }

    private List<Member> members(JsonObject object) {
        if (!sortKeys) {
            return object.members();
        }
        var sorted = new ArrayList<>(object.members());
        sorted.sort(
                Comparator.comparing(Member::name, Utf8Order::compare)
                        .thenComparing(Member::value, PrettyJson::compare));
        return sorted;
    }

    private static int compare(Json left, Json right) {
        int byKind = Integer.compare(kind(left), kind(right));
        if (byKind != 0) {
            return byKind;
        }
        return left instanceof JsonNumber one && right instanceof JsonNumber other
                ? Double.compare(one.number(), other.number())
                : Utf8Order.compare(left.text(), right.text());
    }

    /** null, false, number, text, true, then what nests. */
    private static int kind(Json value) {
        if (value instanceof Json.JsonNull) {
            return 0;
        }
        if (value instanceof Json.JsonBoolean bool) {
            return bool.truth() ? 4 : 1;
        }
        if (value instanceof JsonNumber) {
            return 2;
        }
        return value instanceof JsonString ? 3 : 5;
    }
}
