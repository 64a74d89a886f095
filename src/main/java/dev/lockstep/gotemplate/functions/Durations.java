package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.FunctionException;
import java.math.BigInteger;
import java.util.Map;

/** Go's {@code time.Duration}: nanoseconds. */
final class Durations {
    static final long SECOND = 1_000_000_000L;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;

    private static final long MILLI = 1_000_000L;
    private static final long MICRO = 1_000L;
    private static final int MOST_DIGITS = 24;
    private static final BigInteger MOST = BigInteger.ONE.shiftLeft(63);

    // In bytes: the second and third are µs with either of Unicode's two signs.
    private static final Map<String, Long> UNITS =
            Map.of(
                    "ns", 1L,
                    "us", MICRO,
                    "\u00c2\u00b5s", MICRO,
                    "\u00ce\u00bcs", MICRO,
                    "ms", MILLI,
                    "s", SECOND,
                    "m", MINUTE,
                    "h", HOUR);

    private Durations() {}

    /** {@code time.ParseDuration}. */
    static long parse(String text) throws FunctionException {
        boolean negative = text.startsWith("-");
        var rest = negative || text.startsWith("+") ? text.substring(1) : text;
        if (rest.equals("0")) {
            return 0;
        }
        if (rest.isEmpty()) {
            throw invalid(text);
        }
        var total = BigInteger.ZERO;
        int at = 0;
        while (at < rest.length()) {
            int whole = endOfDigits(rest, at);
            int end = whole;
            if (end < rest.length() && rest.charAt(end) == '.') {
                end = endOfDigits(rest, end + 1);
            }
            boolean hasDigits = whole > at || end > whole + 1;
            if (!hasDigits) {
                throw invalid(text);
            }
            int unitEnd = end;
            while (unitEnd < rest.length() && !isNumeric(rest.charAt(unitEnd))) {
                unitEnd++;
            }
            var unit = UNITS.get(rest.substring(end, unitEnd));
            if (unit == null) {
                throw invalid(text);
            }
            if (whole - at > MOST_DIGITS) {
                throw invalid(text);
            }
            int fractionEnd = Math.min(end, whole + 1 + MOST_DIGITS);
            var fraction = end > whole ? rest.substring(whole + 1, fractionEnd) : "";
            total = total.add(nanos(rest.substring(at, whole), fraction, unit));
            if (total.compareTo(MOST) > 0) {
                throw invalid(text);
            }
            at = unitEnd;
        }
        var signed = negative ? total.negate() : total;
        if (signed.bitLength() > 63) {
            throw invalid(text);
        }
        return signed.longValue();
    }

    /** {@code Duration.String}. */
    static String format(long nanos) {
        var size = BigInteger.valueOf(nanos).abs();
        long most = size.longValue();
        var sign = nanos < 0 ? "-" : "";
        if (nanos == 0) {
            return "0s";
        }
        if (Long.compareUnsigned(most, SECOND) < 0) {
            return sign + belowASecond(most);
        }
        long seconds = Long.divideUnsigned(most, SECOND);
        var fraction = fraction(Long.remainderUnsigned(most, SECOND), 9);
        var text = seconds % 60 + fraction + "s";
        if (seconds >= 60) {
            text = seconds / 60 % 60 + "m" + text;
        }
        if (seconds >= 3600) {
            text = seconds / 3600 + "h" + text;
        }
        return sign + text;
    }

    /** {@code Duration.Round}: halves away from zero. */
    static long round(long nanos, long unit) {
        long remainder = nanos % unit;
        long away = nanos < 0 ? -unit : unit;
        boolean up = Math.abs(remainder) * 2 >= unit;
        return nanos - remainder + (up ? away : 0);
    }

    private static String belowASecond(long nanos) {
        if (nanos < MICRO) {
            return nanos + "ns";
        }
        if (nanos < MILLI) {
            return nanos / MICRO + fraction(nanos % MICRO, 3) + "\u00c2\u00b5s";
        }
        return nanos / MILLI + fraction(nanos % MILLI, 6) + "ms";
    }

    private static String fraction(long part, int digits) {
        if (part == 0) {
            return "";
        }
        var text = String.valueOf(part);
        var padded = "0".repeat(digits - text.length()) + text;
        int end = padded.length();
        while (padded.charAt(end - 1) == '0') {
            end--;
        }
        return "." + padded.substring(0, end);
    }

    private static BigInteger nanos(String whole, String fraction, long unit) {
        var scale = BigInteger.TEN.pow(fraction.length());
        var digits = whole + fraction;
        return new BigInteger(digits).multiply(BigInteger.valueOf(unit)).divide(scale);
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    private static boolean isNumeric(char c) {
        return c == '.' || c >= '0' && c <= '9';
    }

    private static FunctionException invalid(String text) {
        return FunctionException.quoting(
                "time: invalid duration", "time: invalid duration \"" + text + "\"");
    }
}
