package dev.lockstep.gotemplate.value;

import java.math.BigInteger;

/** Integers as Go reads them (strconv), with its errors. */
public final class IntegerText {
    /** Digits that are read: more than 64 bits have in any base. */
    private static final int LONGEST = 70;

    private IntegerText() {}

    /**
     * {@code strconv.ParseInt}.
     *
     * @param base 0 for what the prefix says, as in Go's source: then underscores may stand between
     *     digits
     */
    public static long parseSigned(String text, int base, int bits) throws FunctionException {
        return parseSigned("ParseInt", text, base, bits);
    }

    /** {@code strconv.Atoi}. */
    public static long atoi(String text) throws FunctionException {
        return parseSigned("Atoi", text, 10, 64);
    }

    private static long parseSigned(String function, String text, int base, int bits)
            throws FunctionException {
        boolean negative = text.startsWith("-");
        var digits = negative || text.startsWith("+") ? text.substring(1) : text;
        var magnitude = magnitude(function, text, digits, base);
        var number = negative ? magnitude.negate() : magnitude;
        if (number.bitLength() >= bits) {
            throw outOfRange(function, text);
        }
        return number.longValue();
    }

    /** {@code strconv.ParseUint}: the bits of the number. */
    public static long parseUnsigned(String text, int base, int bits) throws FunctionException {
        var number = magnitude("ParseUint", text, text, base);
        if (number.bitLength() > bits) {
            throw outOfRange("ParseUint", text);
        }
        return number.longValue();
    }

    private static BigInteger magnitude(String function, String text, String digits, int base)
            throws FunctionException {
        int actualBase = base;
        var rest = digits;
        if (base == 0) {
            if (rest.indexOf('_') >= 0 && !underscoresSeparate(text)) {
                throw malformed(function, text);
            }
            actualBase = prefixBase(rest);
            rest = withoutPrefix(rest).replace("_", "");
        }
        if (rest.isEmpty()) {
            throw malformed(function, text);
        }
        for (int i = 0; i < rest.length(); i++) {
            if (rest.charAt(i) >= 0x80 || Character.digit(rest.charAt(i), actualBase) < 0) {
                throw malformed(function, text);
            }
        }
        // A long run of digits takes long to read, and what is cut off it is too large all the
        // same.
        int zeros = 0;
        while (zeros < rest.length() - 1 && rest.charAt(zeros) == '0') {
            zeros++;
        }
        return new BigInteger(
                rest.substring(zeros, Math.min(rest.length(), zeros + LONGEST)), actualBase);
    }

    private static int prefixBase(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 10;
        }
        return switch (lower(digits.charAt(1))) {
            case 'b' -> 2;
            case 'x' -> 16;
            default -> 8;
        };
    }

    private static String withoutPrefix(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return digits;
        }
        return digits.substring("box".indexOf(lower(digits.charAt(1))) >= 0 ? 2 : 1);
    }

    /** Whether underscores stand between digits, or between the prefix and a digit. */
    static boolean underscoresSeparate(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        boolean prefixed =
                text.length() >= at + 2
                        && text.charAt(at) == '0'
                        && "box".indexOf(lower(text.charAt(at + 1))) >= 0;
        boolean hex = prefixed && lower(text.charAt(at + 1)) == 'x';
        boolean afterDigit = prefixed;
        boolean afterUnderscore = false;
        for (int i = prefixed ? at + 2 : at; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9' || hex && lower(c) >= 'a' && lower(c) <= 'f';
            if (c == '_' ? !afterDigit : !digit && afterUnderscore) {
                return false;
            }
            afterDigit = digit;
            afterUnderscore = c == '_';
        }
        return !afterUnderscore;
    }

    private static char lower(char c) {
        return (char) (c | 0x20);
    }

    static FunctionException malformed(String function, String text) {
        return error(function, text, "invalid syntax");
    }

    static FunctionException outOfRange(String function, String text) {
        return error(function, text, "value out of range");
    }

    private static FunctionException error(String function, String text, String what) {
        return FunctionException.quoting(
                "strconv." + function + ": " + what,
                GoString.ofRaw(
                        "strconv." + function + ": parsing " + Quoting.quote(text) + ": " + what));
    }
}
