package dev.lockstep.gotemplate.value;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints values by a verb and its flags, as fmt does. Writes raw text. */
final class Printer {
    private static final int PRECISION_OF_FIXED = 6;
    private static final Arguments NO_ARGUMENTS = new Arguments(List.of());

    private final Meter meter;
    private final StringBuilder out;
    private Flags flags = new Flags();

    /** While the value of a bad verb is printed, its methods are not asked. */
    private boolean plainly;

    Printer(Meter meter, StringBuilder out) {
        this.meter = meter;
        this.out = out;
    }

    void use(Flags next) {
        flags = next;
    }

    void print(GoValue value, int verb) {
        if (value instanceof GoNil) {
            if (verb == 'T' || verb == 'v') {
                pad("<nil>");
            } else {
                badNil(verb);
            }
        } else if (verb == 'T') {
            string(GoString.toRaw(value.type().toString()));
        } else if (verb == 'p') {
            badVerb(value, verb);
        } else {
            value(value, verb, 0);
        }
    }

    private void value(GoValue value, int verb, int depth) {
        meter.work(1);
        if (value instanceof GoString text) {
            string(text.raw(), value, verb);
        } else if (!value.type().methods().isEmpty() && byMethod(value, verb)) {
            return;
        } else if (value instanceof GoInt number) {
            integer(number, verb);
        } else if (value instanceof GoBool bool) {
            if (verb == 't' || verb == 'v') {
                pad(bool.value() ? "true" : "false");
            } else {
                badVerb(value, verb);
            }
        } else if (value instanceof GoFloat number) {
            floating(number, verb);
        } else if (value instanceof GoComplex number) {
            complex(number, verb);
        } else if (value instanceof GoNil) {
            // Within a list or map, whatever the verb.
            out.append(flags.sharpV ? "interface {}(nil)" : "<nil>");
        } else {
            meter.enter();
            composite(value, verb, depth);
            meter.leave();
        }
    }

    private void composite(GoValue value, int verb, int depth) {
        if (verb == 'w') {
            badVerb(value, verb);
        } else if (value instanceof GoSlice slice) {
            slice(slice, verb, depth);
        } else if (value instanceof GoMap map) {
            map(map, verb, depth);
        } else if (value instanceof GoObject object) {
            object(object, verb, depth);
        }
    }

    /** By its Error or String method, where the verb takes strings. */
    private boolean byMethod(GoValue value, int verb) {
        if (plainly) {
            return false;
        }
        if (verb == 'w') {
            badVerb(value, verb);
            return true;
        }
        if (flags.sharpV) {
            var text = text(value, "GoString");
            if (text != null) {
                string(text.raw());
            }
            return text != null;
        }
        if ("vsxXq".indexOf(verb) < 0) {
            return false;
        }
        var text = text(value, "Error");
        if (text == null) {
            text = text(value, "String");
        }
        if (text != null) {
            string(text.raw(), text, verb);
        }
        return text != null;
    }

    private static @Nullable GoString text(GoValue value, String name) {
        var method = value.type().methods().get(name);
        if (method == null || !method.signature().parameters().isEmpty()) {
            return null;
        }
        try {
            return method.body().call(value, NO_ARGUMENTS) instanceof GoString text ? text : null;
        } catch (FunctionException e) {
            throw new IllegalStateException(name + " of " + value.type() + " returns no error");
        }
    }

    private void slice(GoSlice slice, int verb, int depth) {
        boolean bytes = slice.type().element().kind() == Kind.UINT8;
        if (bytes && "sqxX".indexOf(verb) >= 0) {
            var raw = new StringBuilder(slice.length());
            slice.elements().forEach(e -> raw.append((char) ((GoInt) e).value()));
            string(raw.toString(), slice, verb);
            return;
        }
        if (flags.sharpV) {
            // []byte is an alias that only this place spells so.
            out.append(bytes && depth == 0 ? "[]byte" : GoString.toRaw(slice.type().toString()));
            if (slice.isNil()) {
                out.append("(nil)");
                return;
            }
        }
        out.append(flags.sharpV ? '{' : '[');
        boolean first = true;
        for (var element : slice.elements()) {
            if (!first) {
                out.append(flags.sharpV ? ", " : " ");
            }
            first = false;
            value(element, verb, depth + 1);
        }
        out.append(flags.sharpV ? '}' : ']');
    }

    private void map(GoMap map, int verb, int depth) {
        if (flags.sharpV) {
            out.append(GoString.toRaw(map.type().toString()));
            if (map.isNil()) {
                out.append("(nil)");
                return;
            }
        }
        out.append(flags.sharpV ? "{" : "map[");
        boolean first = true;
        for (var entry : map.entries().entrySet()) {
            if (!first) {
                out.append(flags.sharpV ? ", " : " ");
            }
            first = false;
            value(entry.getKey(), verb, depth + 1);
            out.append(':');
            value(entry.getValue(), verb, depth + 1);
        }
        out.append(flags.sharpV ? '}' : ']');
    }

    private void object(GoObject object, int verb, int depth) {
        if (object.kind() == Kind.POINTER) {
            if (depth > 0) {
                badVerb(object, verb);
                return;
            }
            out.append('&');
        }
        if (flags.sharpV) {
            var name = object.type().toString();
            out.append(GoString.toRaw(name.startsWith("*") ? name.substring(1) : name));
        }
        out.append('{');
        boolean first = true;
        for (var field : object.type().fields().values()) {
            if (!first) {
                out.append(flags.sharpV ? ", " : " ");
            }
            first = false;
            if (flags.plusV || flags.sharpV) {
                out.append(GoString.toRaw(field.name())).append(':');
            }
            value(field.read().apply(object.payload()), verb, depth + 1);
        }
        out.append('}');
    }

    private void badNil(int verb) {
        out.append("%!");
        Runes.append(out, verb);
        out.append("(<nil>)");
    }

    private void badVerb(GoValue value, int verb) {
        out.append("%!");
        Runes.append(out, verb);
        out.append('(').append(GoString.toRaw(value.type().toString())).append('=');
        boolean outer = plainly;
        plainly = true;
        boolean hasAddress = verb == 'p' && value.type().canBeNil();
        if (hasAddress || value.kind() == Kind.POINTER) {
            // An address would differ from run to run.
            out.append("...");
        } else {
            value(value, 'v', 0);
        }
        plainly = outer;
        out.append(')');
    }

    private void string(String raw, GoValue value, int verb) {
        switch (verb) {
            case 'v' -> {
                if (flags.sharpV) {
                    quoted(raw);
                } else {
                    string(raw);
                }
            }
            case 's' -> string(raw);
            case 'x' -> hex(raw, "0123456789abcdefx");
            case 'X' -> hex(raw, "0123456789ABCDEFX");
            case 'q' -> quoted(raw);
            default -> badVerb(value, verb);
        }
    }

    private void string(String raw) {
        pad(cut(raw));
    }

    private void quoted(String raw) {
        var text = cut(raw);
        meter.allocate(text.length());
        pad(
                flags.sharp && Quoting.canBackquote(text)
                        ? "`" + text + "`"
                        : Quoting.quote(text, flags.plus));
    }

    /** To the precision, in runes. */
    private String cut(String raw) {
        if (!flags.hasPrecision()) {
            return raw;
        }
        int end = 0;
        for (int left = flags.precision; left > 0 && end < raw.length(); left--) {
            end += Runes.at(raw, end).width();
        }
        return raw.substring(0, end);
    }

    private void hex(String raw, String digits) {
        int length = flags.hasPrecision() ? Math.min(flags.precision, raw.length()) : raw.length();
        var text = new StringBuilder(length * 2);
        var prefix = flags.sharp ? "0" + digits.charAt(16) : "";
        for (int i = 0; i < length; i++) {
            if (i == 0 || flags.space) {
                text.append(i == 0 ? "" : " ").append(prefix);
            }
            text.append(digits.charAt(raw.charAt(i) >> 4))
                    .append(digits.charAt(raw.charAt(i) & 15));
        }
        pad(text.toString());
    }

    private void integer(GoInt value, int verb) {
        switch (verb) {
            case 'v' -> {
                if (flags.sharpV && value.isUnsigned()) {
                    boolean sharp = flags.sharp;
                    flags.sharp = true;
                    integer(value, 16, verb);
                    flags.sharp = sharp;
                } else {
                    integer(value, 10, verb);
                }
            }
            case 'd' -> integer(value, 10, verb);
            case 'b' -> integer(value, 2, verb);
            case 'o', 'O' -> integer(value, 8, verb);
            case 'x', 'X' -> integer(value, 16, verb);
            case 'c' -> {
                var text = new StringBuilder();
                Runes.append(text, value.value());
                pad(text.toString());
            }
            case 'q' -> pad(Quoting.quoteRune(value.value(), flags.plus));
            case 'U' -> unicode(value.value());
            default -> badVerb(value, verb);
        }
    }

    private void integer(GoInt value, int base, int verb) {
        boolean negative = !value.isUnsigned() && value.value() < 0;
        long magnitude = negative ? -value.value() : value.value();
        if (flags.precision == 0 && magnitude == 0) {
            withoutZeros("");
            return;
        }
        var digits = Long.toUnsignedString(magnitude, base);
        if (verb == 'X') {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        int least = Math.max(flags.precision, 0);
        if (!flags.hasPrecision() && flags.zero && !flags.minus && flags.hasWidth()) {
            least = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
        }
        if (least > digits.length()) {
            meter.allocate(least);
            digits = "0".repeat(least - digits.length()) + digits;
        }
        if (flags.sharp) {
            digits =
                    switch (base) {
                        case 2 -> "0b" + digits;
                        case 8 -> digits.startsWith("0") ? digits : "0" + digits;
                        case 16 -> (verb == 'X' ? "0X" : "0x") + digits;
                        default -> digits;
                    };
        }
        if (verb == 'O') {
            digits = "0o" + digits;
        }
        withoutZeros((negative ? "-" : flags.plus ? "+" : flags.space ? " " : "") + digits);
    }

    private void unicode(long number) {
        var digits = Long.toHexString(number).toUpperCase(Locale.ROOT);
        int least = Math.max(flags.precision, 4);
        if (least > digits.length()) {
            meter.allocate(least);
            digits = "0".repeat(least - digits.length()) + digits;
        }
        var text = new StringBuilder("U+").append(digits);
        if (flags.sharp
                && number >= 0
                && number <= Character.MAX_CODE_POINT
                && Quoting.isPrintable((int) number)) {
            text.append(" '");
            Runes.append(text, number);
            text.append('\'');
        }
        withoutZeros(text.toString());
    }

    private void floating(GoFloat value, int verb) {
        switch (verb) {
            case 'v' -> floating(value.value(), 'g', FloatText.SHORTEST);
            case 'b', 'g', 'G', 'x', 'X' ->
                    floating(value.value(), (char) verb, FloatText.SHORTEST);
            case 'f', 'e', 'E' -> floating(value.value(), (char) verb, PRECISION_OF_FIXED);
            case 'F' -> floating(value.value(), 'f', PRECISION_OF_FIXED);
            default -> badVerb(value, verb);
        }
    }

    private void complex(GoComplex value, int verb) {
        if ("vbgGxXfFeE".indexOf(verb) < 0) {
            badVerb(value, verb);
            return;
        }
        boolean plus = flags.plus;
        out.append('(');
        floating(GoFloat.of(value.real()), verb);
        flags.plus = true;
        floating(GoFloat.of(value.imaginary()), verb);
        flags.plus = plus;
        out.append("i)");
    }

    private void floating(double value, char format, int defaultPrecision) {
        int precision = flags.hasPrecision() ? flags.precision : defaultPrecision;
        meter.allocate(Math.max(precision, 0));
        var number = FloatText.format(value, format, precision);
        if (!number.startsWith("-") && !number.startsWith("+")) {
            number = "+" + number;
        }
        if (flags.space && number.charAt(0) == '+' && !flags.plus) {
            number = " " + number.substring(1);
        }
        if (number.charAt(1) == 'I' || number.charAt(1) == 'N') {
            boolean unsigned = number.charAt(1) == 'N' && !flags.space && !flags.plus;
            withoutZeros(unsigned ? number.substring(1) : number);
            return;
        }
        if (flags.sharp && format != 'b') {
            number = withPoint(number, format, precision);
        }
        if (!flags.plus && number.charAt(0) == '+') {
            pad(number.substring(1));
        } else if (flags.zero && !flags.minus && flags.width > number.length()) {
            // The sign stands before the zeros.
            out.append(number.charAt(0));
            padding(flags.width - number.length());
            out.append(number, 1, number.length());
        } else {
            pad(number);
        }
    }

    /** {@code #}: a decimal point always, and for g the trailing zeros. */
    private static String withPoint(String number, char format, int precision) {
        int missing =
                format == 'g' || format == 'G' || format == 'x'
                        ? precision == FloatText.SHORTEST ? PRECISION_OF_FIXED : precision
                        : 0;
        boolean hex = format == 'x' || format == 'X';
        int end = number.length();
        boolean point = false;
        boolean significant = false;
        for (int i = 1; i < end; i++) {
            char c = number.charAt(i);
            if (c == '.') {
                point = true;
            } else if (c == 'p' || c == 'P' || !hex && (c == 'e' || c == 'E')) {
                end = i;
            } else {
                significant |= c != '0';
                missing -= significant ? 1 : 0;
            }
        }
        var text = new StringBuilder(number.substring(0, end));
        if (!point) {
            if (end == 2 && number.charAt(1) == '0') {
                missing--;
            }
            text.append('.');
        }
        text.append("0".repeat(Math.max(missing, 0)));
        return text.append(number, end, number.length()).toString();
    }

    /** Padded, by spaces even where the flag for zeros is set. */
    private void withoutZeros(String text) {
        boolean zero = flags.zero;
        flags.zero = false;
        pad(text);
        flags.zero = zero;
    }

    private void pad(String raw) {
        meter.allocate(raw.length());
        if (flags.width <= 0) {
            out.append(raw);
            return;
        }
        int padding = flags.width - width(raw);
        if (!flags.minus) {
            padding(padding);
        }
        out.append(raw);
        if (flags.minus) {
            padding(padding);
        }
    }

    private void padding(int count) {
        if (count > 0) {
            meter.allocate(count);
            out.append((flags.zero && !flags.minus ? "0" : " ").repeat(count));
        }
    }

    /** In runes. */
    private static int width(String raw) {
        int runes = 0;
        for (int i = 0; i < raw.length(); i += Runes.at(raw, i).width()) {
            runes++;
        }
        return runes;
    }
}
