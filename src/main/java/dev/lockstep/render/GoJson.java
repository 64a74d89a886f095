package dev.lockstep.render;

import dev.lockstep.render.Json.JsonArray;
import dev.lockstep.render.Json.JsonNumber;
import dev.lockstep.render.Json.JsonObject;
import dev.lockstep.render.Json.JsonString;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * JSON as Go's {@code encoding/json} writes what it has read into maps: without white space,
 * members by name, numbers as the shortest text of their double. Integers keep all their digits,
 * which Go's doubles do not.
 */
final class GoJson {
    private static final String MARKUP = "<>&";
    private static final String SHORT_ESCAPES = "\"\\\b\f\n\r\t";
    private static final String ESCAPE_LETTERS = "\"\\bfnrt";
    private static final double SMALLEST_PLAIN = 1e-6;
    private static final double SMALLEST_EXPONENT = 1e21;

    private final StringBuilder out = new StringBuilder();
    private final boolean escapesMarkup;

    private GoJson(boolean escapesMarkup) {
        this.escapesMarkup = escapesMarkup;
    }

    /** With {@code <}, {@code >} and {@code &} escaped, which is Go's default. */
    static String escaped(Json value) {
        var json = new GoJson(true);
        json.write(value);
        return json.out.toString();
    }

    /** An object of these members, with {@code <}, {@code >} and {@code &} as they are. */
    static String object(SortedMap<String, Json> members) {
        var json = new GoJson(false);
        json.write(members);
        return json.out.toString();
    }

    /** As a JSON text, in its quotes. */
    static String quoted(String text) {
        var json = new GoJson(true);
        json.write(text);
        return json.out.toString();
    }

    private void write(Json value) {
        if (value instanceof JsonObject object) {
            var members = new TreeMap<String, Json>(Utf8Order::compare);
            object.members().forEach(member -> members.put(member.name(), member.value()));
            write(members);
        } else if (value instanceof JsonArray array) {
            write(array);
        } else if (value instanceof JsonString text) {
            write(text.text());
        } else if (value instanceof JsonNumber number) {
            out.append(text(number));
        } else {
            out.append(value.raw());
        }
    }

    private void write(SortedMap<String, Json> members) {
        out.append('{');
        var separator = "";
        for (var member : members.entrySet()) {
            out.append(separator);
            write(member.getKey());
            out.append(':');
            write(member.getValue());
            separator = ",";
        }
        out.append('}');
    }

    private void write(JsonArray array) {
        out.append('[');
        var separator = "";
        for (var element : array.elements()) {
            out.append(separator);
            write(element);
            separator = ",";
        }
        out.append(']');
    }

    private static String text(JsonNumber number) {
        // Go cannot read what is beyond a double.
        if (number.isInteger() || Double.isInfinite(number.number())) {
            return number.raw();
        }
        double size = Math.abs(number.number());
        boolean exponent = size != 0 && (size < SMALLEST_PLAIN || size >= SMALLEST_EXPONENT);
        return exponent ? GoFloat.scientific(number.number()) : GoFloat.format(number.number());
    }

    private void write(String text) {
        out.append('"');
        text.codePoints().forEach(this::write);
        out.append('"');
    }

    private void write(int c) {
        int escape = SHORT_ESCAPES.indexOf(c);
        if (escape >= 0) {
            out.append('\\').append(ESCAPE_LETTERS.charAt(escape));
        } else if (c < ' '
                || c == '\u2028'
                || c == '\u2029'
                || escapesMarkup && MARKUP.indexOf(c) >= 0) {
            out.append("\\u%04x".formatted(c));
        } else {
            out.appendCodePoint(c);
        }
    }
}
