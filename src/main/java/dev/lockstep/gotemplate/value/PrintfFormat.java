package dev.lockstep.gotemplate.value;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One formatting by {@code printf}: reads the directives and prints the arguments. */
final class PrintfFormat {
    private static final int LARGEST = 1_000_000;

    /** {@code [1]} */
    private static final int SHORTEST_INDEX = 3;

    private final Meter meter;
    private final StringBuilder out;
    private final String format;
    private final List<? extends GoValue> arguments;
    private final Printer printer;
    private int at;
    private int argument;
    private boolean reordered;
    private boolean indexIsGood;
    private boolean afterIndex;

    PrintfFormat(Meter meter, StringBuilder out, String format, List<? extends GoValue> arguments) {
        this.meter = meter;
        this.out = out;
        this.format = format;
        this.arguments = arguments;
        this.printer = new Printer(meter, out);
    }

    void run() {
        meter.allocate(format.length());
        while (at < format.length()) {
            int percent = format.indexOf('%', at);
            if (percent < 0) {
                out.append(format, at, format.length());
                break;
            }
            out.append(format, at, percent);
            at = percent + 1;
            meter.work(1);
            directive();
        }
        if (!reordered && argument < arguments.size()) {
            extra();
        }
    }

    private void directive() {
        indexIsGood = true;
        afterIndex = false;
        var flags = new Flags();
        printer.use(flags);
        while (at < format.length() && setFlag(flags, format.charAt(at))) {
            at++;
        }
        index();
        width(flags);
        if (at + 1 < format.length() && format.charAt(at) == '.') {
            at++;
            precision(flags);
        }
        if (!afterIndex) {
            index();
        }
        if (at >= format.length()) {
            out.append("%!(NOVERB)");
            return;
        }
        var verb = Runes.at(format, at);
        at += verb.width();
        verb(verb.codePoint(), flags);
    }

    private static boolean setFlag(Flags flags, char c) {
        switch (c) {
            case '#' -> flags.sharp = true;
            case '0' -> flags.zero = true;
            case '+' -> flags.plus = true;
            case '-' -> flags.minus = true;
            case ' ' -> flags.space = true;
            default -> {
                return false;
            }
        }
        return true;
    }

    /** {@code [n]}: which argument is next. */
    private void index() {
        afterIndex = false;
        if (at >= format.length() || format.charAt(at) != '[') {
            return;
        }
        reordered = true;
        int close = format.indexOf(']', at);
        if (close < 0 || format.length() - at < SHORTEST_INDEX) {
            indexIsGood = false;
            at++;
            return;
        }
        int from = at + 1;
        at = close + 1;
        int end = from;
        long number = number(from, close);
        while (end < close && isDigit(format.charAt(end))) {
            end++;
        }
        boolean isNumber = end == close && end > from && number >= 0;
        if (isNumber && number >= 1 && number <= arguments.size()) {
            argument = (int) number - 1;
            afterIndex = true;
        } else {
            indexIsGood = false;
            afterIndex = isNumber;
        }
    }

    private void width(Flags flags) {
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            var width = starred();
            if (width == null) {
                out.append("%!(BADWIDTH)");
            } else {
                flags.width = Math.abs(width);
                if (width < 0) {
                    flags.minus = true;
                    flags.zero = false;
                }
            }
            afterIndex = false;
            return;
        }
        flags.width = digits();
        if (afterIndex && flags.hasWidth()) {
            indexIsGood = false;
        }
    }

    private void precision(Flags flags) {
        if (afterIndex) {
            indexIsGood = false;
        }
        index();
        if (at < format.length() && format.charAt(at) == '*') {
            at++;
            var precision = starred();
            if (precision == null || precision < 0) {
                out.append("%!(BADPREC)");
            } else {
                flags.precision = precision;
            }
            afterIndex = false;
            return;
        }
        flags.precision = Math.max(digits(), 0);
    }

    /** The number here; {@link Flags#NONE} for none. A number too large swallows the rest. */
    private int digits() {
        int from = at;
        long number = number(from, format.length());
        if (number < 0) {
            at = format.length();
            return Flags.NONE;
        }
        while (at < format.length() && isDigit(format.charAt(at))) {
            at++;
        }
        return at == from ? Flags.NONE : (int) number;
    }

    /** -1 for one that is too large. */
    private long number(int from, int to) {
        long number = 0;
        for (int i = from; i < to && isDigit(format.charAt(i)); i++) {
            if (number > LARGEST) {
                return -1;
            }
            number = number * 10 + format.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** The integer that an argument gives for {@code *}. */
    private @Nullable Integer starred() {
        if (argument >= arguments.size()) {
            return null;
        }
        var given = arguments.get(argument++);
        if (!(given instanceof GoInt number)
                || number.isUnsigned() && number.value() < 0
                || number.value() > LARGEST
                || number.value() < -LARGEST) {
            return null;
        }
        return (int) number.value();
    }

    private void verb(int verb, Flags flags) {
        if (verb == '%') {
            out.append('%');
        } else if (!indexIsGood) {
            bad(verb, "(BADINDEX)");
        } else if (argument >= arguments.size()) {
            bad(verb, "(MISSING)");
        } else {
            if (verb == 'v' || verb == 'w') {
                flags.forV();
            }
            printer.print(arguments.get(argument), verb);
            argument++;
        }
    }

    private void bad(int verb, String what) {
        out.append("%!");
        Runes.append(out, verb);
        out.append(what);
    }

    private void extra() {
        printer.use(new Flags());
        out.append("%!(EXTRA ");
        for (int i = argument; i < arguments.size(); i++) {
            if (i > argument) {
                out.append(", ");
            }
            var value = arguments.get(i);
            if (value instanceof GoNil) {
                out.append("<nil>");
            } else {
                out.append(GoString.toRaw(value.type().toString())).append('=');
                printer.print(value, 'v');
            }
        }
        out.append(')');
    }
}
