package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.value.Fmt;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoComplex;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Kind;
import java.util.List;

/** How templates compare: values of one basic kind, and integers whatever their sign. */
final class Comparison {
    private static final String BAD_TYPE = "invalid type for comparison";

    private Comparison() {}

    private enum Basic {
        NONE,
        BOOL,
        COMPLEX,
        INT,
        FLOAT,
        STRING,
        UINT
    }

    private static Basic basic(GoValue value) {
        var kind = value.kind();
        if (kind.isSigned()) {
            return Basic.INT;
        }
        if (kind.isUnsigned()) {
            return Basic.UINT;
        }
        if (kind.isFloat()) {
            return Basic.FLOAT;
        }
        return switch (kind) {
            case BOOL -> Basic.BOOL;
            case COMPLEX128 -> Basic.COMPLEX;
            case STRING -> Basic.STRING;
            default -> Basic.NONE;
        };
    }

    /** Whether it equals one of the others. */
    static boolean equal(Run run, GoValue value, List<GoValue> others) throws FunctionException {
        if (others.isEmpty()) {
            throw new FunctionException("missing argument for comparison");
        }
        for (var other : others) {
            if (equal(run, value, other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(Run run, GoValue a, GoValue b) throws FunctionException {
        var basicA = basic(a);
        var basicB = basic(b);
        if (basicA != basicB) {
            if (areIntegers(basicA, basicB)) {
                long x = ((GoInt) a).value();
                return x >= 0 && x == ((GoInt) b).value();
            }
            if (a instanceof GoNil || b instanceof GoNil) {
                return false;
            }
            throw incompatible(a, b);
        }
        return switch (basicA) {
            case BOOL -> ((GoBool) a).value() == ((GoBool) b).value();
            case COMPLEX -> {
                var x = (GoComplex) a;
                var y = (GoComplex) b;
                yield x.real() == y.real() && x.imaginary() == y.imaginary();
            }
            case INT, UINT -> ((GoInt) a).value() == ((GoInt) b).value();
            case FLOAT -> ((GoFloat) a).value() == ((GoFloat) b).value();
            case STRING -> ((GoString) a).equals(b);
            case NONE -> equalOfOtherKinds(run, a, b);
        };
    }

    private static boolean equalOfOtherKinds(Run run, GoValue a, GoValue b)
            throws FunctionException {
        boolean comparable = a instanceof GoNil || b instanceof GoNil || a.kind() == b.kind();
        if (!comparable) {
            throw FunctionException.quoting(
                    "non-comparable types %s, %s".formatted(a.type(), b.type()),
                    text(
                            run,
                            "non-comparable types %%s: %s, %s: %%v".formatted(a.type(), b.type()),
                            a,
                            b));
        }
        if (isNil(a) || isNil(b)) {
            return isNil(a) == isNil(b);
        }
        if (b.kind() == Kind.MAP || b.kind() == Kind.SLICE) {
            throw FunctionException.quoting(
                    "non-comparable type " + b.type(),
                    text(run, "non-comparable type %%s: %s".formatted(b.type()), b));
        }
        return a.equals(b);
    }

    private static boolean isNil(GoValue value) {
        return value instanceof GoNil
                || value instanceof GoMap map && map.isNil()
                || value instanceof GoSlice slice && slice.isNil();
    }

    private static GoString text(Run run, String format, GoValue... values) {
        return Fmt.printf(run, GoString.of(format), List.of(values));
    }

    static boolean less(GoValue a, GoValue b) throws FunctionException {
        var basicA = basic(a);
        var basicB = basic(b);
        if (basicA == Basic.NONE || basicB == Basic.NONE) {
            throw new FunctionException(BAD_TYPE);
        }
        if (basicA != basicB && !areIntegers(basicA, basicB)) {
            throw incompatible(a, b);
        }
        return switch (basicA) {
            case INT, UINT -> less((GoInt) a, (GoInt) b);
            case FLOAT -> ((GoFloat) a).value() < ((GoFloat) b).value();
            case STRING -> ((GoString) a).compareTo((GoString) b) < 0;
            default -> throw new FunctionException(BAD_TYPE);
        };
    }

    private static boolean less(GoInt a, GoInt b) {
        if (a.isUnsigned() == b.isUnsigned()) {
            return a.isUnsigned()
                    ? Long.compareUnsigned(a.value(), b.value()) < 0
                    : a.value() < b.value();
        }
        return a.isUnsigned()
                ? b.value() >= 0 && Long.compareUnsigned(a.value(), b.value()) < 0
                : a.value() < 0 || Long.compareUnsigned(a.value(), b.value()) < 0;
    }

    static boolean lessOrEqual(Run run, GoValue a, GoValue b) throws FunctionException {
        return less(a, b) || equal(run, a, b);
    }

    private static boolean areIntegers(Basic a, Basic b) {
        return a == Basic.INT && b == Basic.UINT || a == Basic.UINT && b == Basic.INT;
    }

    private static FunctionException incompatible(GoValue a, GoValue b) {
        return new FunctionException(
                "incompatible types for comparison: %s and %s".formatted(a.type(), b.type()));
    }
}
