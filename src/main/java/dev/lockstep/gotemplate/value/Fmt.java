package dev.lockstep.gotemplate.value;

import java.util.List;

/** Go's fmt: how values print. */
public final class Fmt {
    /** What a template prints for a value that is not there. */
    public static final GoString NO_VALUE = GoString.of("<no value>");

    private Fmt() {}

    /** {@code fmt.Sprint}: spaces between values neither of which is a string. */
    public static GoString print(Meter meter, List<? extends GoValue> values) {
        if (values.size() == 1 && values.get(0) instanceof GoString text) {
            return text;
        }
        var out = new StringBuilder();
        print(meter, out, values);
        return GoString.ofRaw(out.toString());
    }

    /** {@code fmt.Sprint} of one value: what {@code %v} makes of it. */
    public static GoString print(Meter meter, GoValue value) {
        return print(meter, List.of(value));
    }

    /** {@code fmt.Sprintln}: spaces between all values, and a newline. */
    public static GoString println(Meter meter, List<? extends GoValue> values) {
        var out = new StringBuilder();
        var printer = new Printer(meter, out);
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.append(' ');
            }
            printer.print(values.get(i), 'v');
        }
        return GoString.ofRaw(out.append('\n').toString());
    }

    /** {@code fmt.Sprintf}. */
    public static GoString printf(Meter meter, GoString format, List<? extends GoValue> values) {
        var out = new StringBuilder();
        new PrintfFormat(meter, out, format.raw(), values).run();
        return GoString.ofRaw(out.toString());
    }

    private static void print(Meter meter, StringBuilder out, List<? extends GoValue> values) {
        var printer = new Printer(meter, out);
        boolean afterString = false;
        for (int i = 0; i < values.size(); i++) {
            boolean isString =
                    values.get(i) != GoNil.INTERFACE && values.get(i).kind() == Kind.STRING;
            if (i > 0 && !isString && !afterString) {
                out.append(' ');
            }
            printer.print(values.get(i), 'v');
            afterString = isString;
        }
    }
}
