package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FloatText;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.IntegerText;
import java.util.Set;

/** Numbers of anything, as spf13/cast makes them for Sprig: 0 of what is none. */
final class Casts {
    /** Named types such as time.Duration are unknown to cast, but for these two. */
    private static final Set<GoType> INTEGERS =
            Set.of(
                    GoType.INT,
                    GoType.INT8,
                    GoType.INT16,
                    GoType.INT32,
                    GoType.INT64,
                    GoType.UINT,
                    GoType.UINT8,
                    GoType.UINT16,
                    GoType.UINT32,
                    GoType.UINT64,
                    Times.MONTH,
                    Times.WEEKDAY);

    private static final double TOO_LARGE = 0x1p63;
    private static final int BASE_OF_THE_PREFIX = 0;
    private static final int BITS = 64;

    private Casts() {}

    static long integer(GoValue value) {
        if (value instanceof GoInt number) {
            return INTEGERS.contains(number.type()) ? number.value() : 0;
        }
        if (value instanceof GoFloat number) {
            return truncated(number.value());
        }
        if (value instanceof GoBool truth) {
            return truth.value() ? 1 : 0;
        }
        return value instanceof GoString text ? integer(text.raw()) : 0;
    }

    static double number(GoValue value) {
        if (value instanceof GoInt number) {
            if (!INTEGERS.contains(number.type())) {
                return 0;
            }
            return number.isUnsigned() ? unsigned(number.value()) : number.value();
        }
        if (value instanceof GoFloat number) {
            return number.value();
        }
        if (value instanceof GoBool truth) {
            return truth.value() ? 1 : 0;
        }
        return value instanceof GoString text ? number(text.raw()) : 0;
    }

    /** As Go does on amd64: what does not fit is the smallest. */
    private static long truncated(double number) {
        return number >= -TOO_LARGE && number < TOO_LARGE ? (long) number : Long.MIN_VALUE;
    }

    private static long integer(String text) {
        try {
            return IntegerText.parseSigned(withoutZeroDecimals(text), BASE_OF_THE_PREFIX, BITS);
        } catch (FunctionException none) {
            return 0;
        }
    }

    private static double number(String text) {
        try {
            return FloatText.parse(text);
        } catch (FunctionException none) {
            return 0;
        }
    }

    /** {@code 3.00} is 3, but {@code 3.} is none. */
    private static String withoutZeroDecimals(String text) {
        int at = text.length();
        while (at > 0 && text.charAt(at - 1) == '0') {
            at--;
        }
        boolean point = at > 0 && at < text.length() && text.charAt(at - 1) == '.';
        return point ? text.substring(0, at - 1) : text;
    }

    private static double unsigned(long bits) {
        double half = (bits >>> 1) | (bits & 1);
        return bits >= 0 ? bits : half * 2;
    }
}
