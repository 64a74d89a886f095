package dev.lockstep.gotemplate;

import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.REFLECT_VALUE;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.Fmt;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Kind;
import java.util.List;

/** Go's own functions, but for {@code and}, {@code or} and {@code call}, which execution serves. */
final class Builtins {
    static final TemplateFunction AND = values("and").does(Builtins::inExecution);
    static final TemplateFunction OR = values("or").does(Builtins::inExecution);
    static final TemplateFunction CALL = values("call").does(Builtins::inExecution);

    static final List<TemplateFunction> ALL =
            List.of(
                    AND,
                    OR,
                    CALL,
                    texts("html").does((in, run) -> escaped(in, run, Escaping::html)),
                    texts("js").does((in, run) -> escaped(in, run, Escaping::js)),
                    texts("urlquery").does((in, run) -> escaped(in, run, Escaping::urlQuery)),
                    texts("print").does((in, run) -> Fmt.print(run, in.values())),
                    texts("println").does((in, run) -> Fmt.println(run, in.values())),
                    TemplateFunction.named("printf")
                            .takesVariadic(STRING, ANY)
                            .does((in, run) -> Fmt.printf(run, in.string(0), in.from(1))),
                    values("index").does((in, run) -> index(in)),
                    values("slice").does((in, run) -> slice(in)),
                    TemplateFunction.named("len")
                            .takes(REFLECT_VALUE)
                            .does((in, run) -> GoInt.of(length(in.get(0)))),
                    TemplateFunction.named("not")
                            .takes(REFLECT_VALUE)
                            .does((in, run) -> GoBool.of(!in.get(0).isTrue())),
                    values("eq")
                            .does(
                                    (in, run) ->
                                            GoBool.of(
                                                    Comparison.equal(run, in.get(0), in.from(1)))),
                    compare("ne", (run, a, b) -> !Comparison.equal(run, a, List.of(b))),
                    compare("lt", (run, a, b) -> Comparison.less(a, b)),
                    compare("le", Comparison::lessOrEqual),
                    compare("gt", (run, a, b) -> !Comparison.lessOrEqual(run, a, b)),
                    compare("ge", (run, a, b) -> !Comparison.less(a, b)));

    private Builtins() {}

    private static GoValue inExecution(Arguments in, Run run) {
        throw new IllegalStateException("served by the execution itself");
    }

    private static TemplateFunction.Declaration texts(String name) {
        return TemplateFunction.named(name).takesVariadic(ANY);
    }

    private static TemplateFunction.Declaration values(String name) {
        return TemplateFunction.named(name).takesVariadic(REFLECT_VALUE, REFLECT_VALUE);
    }

    @FunctionalInterface
    private interface Comparing {
        boolean compare(Run run, GoValue a, GoValue b) throws FunctionException;
    }

    private static TemplateFunction compare(String name, Comparing comparing) {
        return TemplateFunction.named(name)
                .takes(REFLECT_VALUE, REFLECT_VALUE)
                .does((in, run) -> GoBool.of(comparing.compare(run, in.get(0), in.get(1))));
    }

    @FunctionalInterface
    private interface Escape {
        String escape(String raw);
    }

    private static GoString escaped(Arguments in, Run run, Escape escape) {
        var shown =
                in.values().stream()
                        .map(value -> value instanceof GoNil ? Fmt.NO_VALUE : value)
                        .toList();
        var raw = Fmt.print(run, shown).raw();
        // An escape is at most six times its byte.
        run.allocate(6L * raw.length());
        return GoString.ofRaw(escape.escape(raw));
    }

    private static GoValue index(Arguments in) throws FunctionException {
        var item = in.get(0);
        if (item instanceof GoNil) {
            throw new FunctionException("index of untyped nil");
        }
        for (var index : in.from(1)) {
            if (item instanceof GoNil) {
                throw new FunctionException("index of nil pointer");
            }
            if (item instanceof GoMap map) {
                item = entry(map, index);
            } else if (item instanceof GoSlice slice) {
                item = slice.elements().get(position(index, slice));
            } else if (item instanceof GoString text) {
                item = GoInt.uint8(text.raw().charAt(position(index, text)));
            } else {
                throw new FunctionException("can't index item of type " + item.type());
            }
        }
        return item;
    }

    private static GoValue entry(GoMap map, GoValue key) throws FunctionException {
        if (key instanceof GoNil) {
            throw new FunctionException("value is nil; should be of type string");
        }
        if (!(key instanceof GoString name)) {
            throw new FunctionException("value has type " + key.type() + "; should be string");
        }
        var value = map.get(name);
        return value == null ? zero(map.type().element()) : value;
    }

    static GoValue zero(GoType type) {
        return switch (type.kind()) {
            case STRING -> GoString.EMPTY;
            case BOOL -> GoBool.FALSE;
            case FLOAT32, FLOAT64 -> new GoFloat(0, type);
            case SLICE -> GoSlice.nil(type);
            case MAP -> GoMap.nil(type);
            case INTERFACE, POINTER, STRUCT, COMPLEX128 -> GoNil.INTERFACE;
            default -> new GoInt(0, type);
        };
    }

    /** Of an element. Go's own check lets the length pass, and then the access panics. */
    private static int position(GoValue index, GoValue item) throws FunctionException {
        int length = length(item);
        int position = bound(index, length);
        if (position == length) {
            throw new FunctionException(
                    "reflect: %s index out of range".formatted(item.kind().goName()));
        }
        return position;
    }

    private static int bound(GoValue index, int length) throws FunctionException {
        if (index instanceof GoNil) {
            throw new FunctionException("cannot index slice/array with nil");
        }
        if (!(index instanceof GoInt number)) {
            throw new FunctionException("cannot index slice/array with type " + index.type());
        }
        if (number.value() < 0 || number.value() > length) {
            throw FunctionException.quoting(
                    "index out of range", "index out of range: " + number.value());
        }
        return (int) number.value();
    }

    private static GoValue slice(Arguments in) throws FunctionException {
        var item = in.get(0);
        if (item instanceof GoNil) {
            throw new FunctionException("slice of untyped nil");
        }
        if (in.size() > 4) {
            throw new FunctionException("too many slice indexes: " + (in.size() - 1));
        }
        boolean text = item.kind() == Kind.STRING;
        if (text && in.size() == 4) {
            throw new FunctionException("cannot 3-index slice a string");
        }
        if (!text && item.kind() != Kind.SLICE) {
            throw new FunctionException("can't slice item of type " + item.type());
        }
        int length = length(item);
        int[] at = {0, length, length};
        for (int i = 1; i < in.size(); i++) {
            at[i - 1] = bound(in.get(i), length);
        }
        checkOrder(at[0], at[1]);
        checkOrder(at[1], at[2]);
        return item instanceof GoString string
                ? GoString.ofRaw(string.raw().substring(at[0], at[1]))
                : new GoSlice(
                        item.type(),
                        ((GoSlice) item).elements().subList(at[0], at[1]),
                        ((GoSlice) item).isNil());
    }

    private static void checkOrder(int from, int to) throws FunctionException {
        if (from > to) {
            throw FunctionException.quoting(
                    "invalid slice index", "invalid slice index: %d > %d".formatted(from, to));
        }
    }

    private static int length(GoValue item) throws FunctionException {
        if (item instanceof GoString text) {
            return text.length();
        }
        if (item instanceof GoSlice slice) {
            return slice.length();
        }
        if (item instanceof GoMap map) {
            return map.size();
        }
        if (item == GoNil.INTERFACE) {
            throw new FunctionException("len of nil pointer");
        }
        if (item == GoNil.NO_VALUE) {
            throw new FunctionException("reflect: call of reflect.Value.Type on zero Value");
        }
        throw new FunctionException("len of type " + item.type());
    }
}
