package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FloatText;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoObject;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Kind;
import dev.lockstep.gotemplate.value.Meter;
import dev.lockstep.gotemplate.value.Runes;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes JSON as Go's encoding/json does: sorted keys, its floats, its escapes. */
final class JsonText {
    private static final double LEAST_PLAIN = 1e-6;
    private static final double LEAST_EXPONENTIAL = 1e21;
    private static final String INDENT = "  ";

    private final Meter meter;
    private final boolean html;
    private final boolean pretty;
    private final StringBuilder text = new StringBuilder();
    private int depth;

    private JsonText(Meter meter, boolean html, boolean pretty) {
        this.meter = meter;
        this.html = html;
        this.pretty = pretty;
    }

    static String compact(Meter meter, GoValue value) throws FunctionException {
        return new JsonText(meter, true, false).write(value);
    }

    static String pretty(Meter meter, GoValue value) throws FunctionException {
        return new JsonText(meter, true, true).write(value);
    }

    /** Without escapes for what means something in HTML. */
    static String plain(Meter meter, GoValue value) throws FunctionException {
        return new JsonText(meter, false, false).write(value);
    }

    private String write(GoValue value) throws FunctionException {
        append(value);
        return text.toString();
    }

    private void append(GoValue value) throws FunctionException {
        meter.work(1);
        if (value instanceof GoNil) {
            text.append("null");
        } else if (value instanceof GoBool truth) {
            text.append(truth.value());
        } else if (value instanceof GoInt number) {
            text.append(
                    number.isUnsigned()
                            ? Long.toUnsignedString(number.value())
                            : Long.toString(number.value()));
        } else if (value instanceof GoFloat number) {
            append(number.value());
        } else if (value instanceof GoString string) {
            append(string.raw());
        } else if (value instanceof GoSlice slice) {
            append(slice);
        } else if (value instanceof GoMap map) {
            append(map);
        } else if (value instanceof GoObject object) {
            append(object);
        } else {
            throw new FunctionException("json: unsupported type: " + value.type());
        }
    }

    private void append(double number) throws FunctionException {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new FunctionException("json: unsupported value: NaN or Inf");
        }
        double size = Math.abs(number);
        if (size != 0 && (size < LEAST_PLAIN || size >= LEAST_EXPONENTIAL)) {
            // Go writes e-09 as e-9.
            text.append(FloatText.format(number, 'e', FloatText.SHORTEST).replace("e-0", "e-"));
            return;
        }
        text.append(FloatText.format(number, 'f', FloatText.SHORTEST));
    }

    private void append(String raw) {
        meter.allocate(raw.length());
        text.append('"');
        for (int i = 0; i < raw.length(); ) {
            var rune = Runes.at(raw, i);
            if (rune.isBroken()) {
                text.append("\\ufffd");
            } else {
                escape(raw, rune);
            }
            i += rune.width();
        }
        text.append('"');
    }

    private void escape(String raw, Runes.Rune rune) {
        int c = rune.codePoint();
        switch (c) {
            case '"', '\\' -> text.append('\\').append((char) c);
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            default -> {
                boolean escaped =
                        c < ' '
                                || c == 0x2028
                                || c == 0x2029
                                || html && (c == '<' || c == '>' || c == '&');
                if (escaped) {
                    text.append("\\u%04x".formatted(c));
                } else {
                    text.append(raw, rune.at(), rune.at() + rune.width());
                }
            }
        }
    }

    private void append(GoSlice slice) throws FunctionException {
        if (slice.isNil()) {
            text.append("null");
            return;
        }
        if (slice.type().equals(GoType.BYTES)) {
            text.append('"').append(Encodings.base64(Values.bytes(slice))).append('"');
            return;
        }
        if (slice.length() == 0) {
            text.append("[]");
            return;
        }
        open('[');
        boolean first = true;
        for (var element : slice.elements()) {
            separate(first);
            append(element);
            first = false;
        }
        close(']');
    }

    private void append(GoMap map) throws FunctionException {
        if (map.isNil()) {
            text.append("null");
            return;
        }
        append(map.entries());
    }

    private void append(Map<GoString, GoValue> entries) throws FunctionException {
        if (entries.isEmpty()) {
            text.append("{}");
            return;
        }
        open('{');
        boolean first = true;
        for (var entry : entries.entrySet()) {
            separate(first);
            append(entry.getKey().raw());
            text.append(pretty ? ": " : ":");
            append(entry.getValue());
            first = false;
        }
        close('}');
    }

    private void append(GoObject object) throws FunctionException {
        if (object.payload() instanceof GoTime time) {
            append(time.json());
            return;
        }
        if (object.payload() instanceof SemanticVersion version) {
            append(version.toString());
            return;
        }
        if (object.kind() != Kind.STRUCT) {
            throw new FunctionException("json: unsupported type: " + object.type());
        }
        var fields = new LinkedHashMap<GoString, GoValue>();
        for (var field : object.type().fields().values()) {
            fields.put(GoString.of(field.name()), field.read().apply(object.payload()));
        }
        append(fields);
    }

    private void open(char bracket) {
        meter.enter();
        depth++;
        text.append(bracket);
    }

    private void separate(boolean first) {
        if (!first) {
            text.append(',');
        }
        newline();
    }

    private void close(char bracket) {
        meter.leave();
        depth--;
        newline();
        text.append(bracket);
    }

    private void newline() {
        if (pretty) {
            meter.allocate((long) depth * INDENT.length());
            text.append('\n').append(INDENT.repeat(depth));
        }
    }
}
