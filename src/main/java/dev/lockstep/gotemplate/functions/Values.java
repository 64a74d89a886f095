package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.Fmt;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoComplex;
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
import java.util.ArrayList;
import java.util.List;

/** What many of Sprig's functions do with values. */
final class Values {
    private static final String NIL_POINTER =
            "runtime error: invalid memory address or nil pointer dereference";

    private Values() {}

    static boolean isNil(GoValue value) {
        return value instanceof GoNil;
    }

    /** {@code reflect.TypeOf(value).Kind()}, which panics on nil. */
    static Kind kind(GoValue value) throws FunctionException {
        if (isNil(value)) {
            throw new FunctionException(NIL_POINTER);
        }
        return value.kind();
    }

    /** As text: what {@code toString} makes of it. */
    static String text(Meter meter, GoValue value) {
        if (value instanceof GoString text) {
            return text.raw();
        }
        if (value instanceof GoSlice slice && slice.type().equals(GoType.BYTES)) {
            return bytes(slice);
        }
        return Fmt.print(meter, value).raw();
    }

    /** Of a list, each element that is not nil; of anything else, itself. */
    static List<String> texts(Meter meter, GoValue value) {
        if (isNil(value)) {
            return List.of();
        }
        if (!(value instanceof GoSlice slice)) {
            return List.of(text(meter, value));
        }
        var texts = new ArrayList<String>();
        for (var element : slice.elements()) {
            if (!isNil(element)) {
                texts.add(text(meter, element));
            }
        }
        return texts;
    }

    static GoSlice strings(List<String> raws) {
        return GoSlice.strings(raws.stream().map(GoString::ofRaw).toList());
    }

    /** What {@code empty} says, and {@code default} goes by. */
    static boolean isEmpty(GoValue value) {
        return !(value instanceof GoObject) && !value.isTrue();
    }

    /** {@code reflect.DeepEqual}. */
    static boolean deepEqual(Meter meter, GoValue left, GoValue right) {
        meter.work(1);
        if (left == right) {
            return !(left instanceof GoFloat number && Double.isNaN(number.value()));
        }
        if (isNil(left) || isNil(right)) {
            return isNil(left) && isNil(right);
        }
        if (!left.type().equals(right.type())) {
            return false;
        }
        if (left instanceof GoFloat number) {
            return number.value() == ((GoFloat) right).value();
        }
        if (left instanceof GoComplex number) {
            var other = (GoComplex) right;
            return number.real() == other.real() && number.imaginary() == other.imaginary();
        }
        if (left instanceof GoSlice slice) {
            return sameElements(meter, slice, (GoSlice) right);
        }
        if (left instanceof GoMap map) {
            return sameEntries(meter, map, (GoMap) right);
        }
        return left.equals(right);
    }

    private static boolean sameElements(Meter meter, GoSlice left, GoSlice right) {
        if (left.isNil() != right.isNil() || left.length() != right.length()) {
            return false;
        }
        meter.enter();
        for (int i = 0; i < left.length(); i++) {
            if (!deepEqual(meter, left.elements().get(i), right.elements().get(i))) {
                meter.leave();
                return false;
            }
        }
        meter.leave();
        return true;
    }

    private static boolean sameEntries(Meter meter, GoMap left, GoMap right) {
        if (left.isNil() != right.isNil() || left.size() != right.size()) {
            return false;
        }
        meter.enter();
        for (var entry : left.entries().entrySet()) {
            var other = right.get(entry.getKey());
            if (other == null || !deepEqual(meter, entry.getValue(), other)) {
                meter.leave();
                return false;
            }
        }
        meter.leave();
        return true;
    }

    /** Maps and lists anew, all the way down. */
    static GoValue deepCopy(Meter meter, GoValue value) {
        if (value instanceof GoSlice slice && !slice.isNil()) {
            meter.enter();
            meter.allocate(32L * slice.length());
            var elements = new ArrayList<GoValue>(slice.length());
            slice.elements().forEach(element -> elements.add(deepCopy(meter, element)));
            meter.leave();
            return new GoSlice(slice.type(), List.copyOf(elements), false);
        }
        if (value instanceof GoMap map && !map.isNil()) {
            meter.enter();
            meter.allocate(32L * map.size());
            var copy = GoMap.empty(map.type());
            map.entries().forEach((key, element) -> copy.put(key, deepCopy(meter, element)));
            meter.leave();
            return copy;
        }
        return value;
    }

    /** About how many bytes it takes, without what it holds. */
    static long size(GoValue value) {
        if (value instanceof GoString text) {
            return text.length();
        }
        if (value instanceof GoSlice slice) {
            return 32L * slice.length();
        }
        return value instanceof GoMap map ? 32L * map.size() : 0;
    }

    static String bytes(GoSlice slice) {
        var raw = new StringBuilder(slice.length());
        slice.elements().forEach(element -> raw.append((char) ((GoInt) element).value()));
        return raw.toString();
    }

    static GoBool truth(boolean value) {
        return GoBool.of(value);
    }

    static GoString string(String raw) {
        return GoString.ofRaw(raw);
    }
}
