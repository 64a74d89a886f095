package dev.lockstep.gotemplate.parse;

import dev.lockstep.gotemplate.value.FloatText;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.IntegerText;
import dev.lockstep.gotemplate.value.Quoting;
import java.math.BigDecimal;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A number of no type yet: it can become any type that holds its value.
 *
 * @param text as it stands in the template
 * @param signed where an int64 holds it
 * @param unsigned its bits, where a uint64 holds it
 * @param floating where a float64 holds it
 * @param complex real and imaginary part of an imaginary constant; null for all others
 */
public record Constant(
        String text,
        OptionalLong signed,
        OptionalLong unsigned,
        OptionalDouble floating,
        @Nullable Complex complex) {

    public record Complex(double real, double imaginary) {}

    private static final double SIGNED_END = 0x1p63;
    private static final double UNSIGNED_END = 0x1p64;

    /**
     * @throws IllegalArgumentException in Go's words
     */
    static Constant ofRune(String quoted) {
        int rune = Quoting.unquoteRune(quoted);
        if (rune == -1) {
            throw new IllegalArgumentException("invalid syntax");
        }
        if (rune == -2) {
            throw new IllegalArgumentException("malformed character constant: " + quoted);
        }
        return new Constant(
                quoted,
                OptionalLong.of(rune),
                OptionalLong.of(rune),
                OptionalDouble.of(rune),
                null);
    }

    /** Such as {@code 1+2i}. */
    static Constant ofComplex(String text) {
        int sign = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
        char before = text.charAt(sign - 1);
        boolean hex = text.indexOf('x') >= 0 || text.indexOf('X') >= 0;
        if (hex ? before == 'p' || before == 'P' : before == 'e' || before == 'E') {
            sign = Math.max(text.lastIndexOf('+', sign - 1), text.lastIndexOf('-', sign - 1));
        }
        // Go's scanner takes such an i for the beginning of "Inf" and then misses it.
        if (text.substring(sign + 1).equals("i")) {
            throw new IllegalArgumentException("syntax error scanning complex number");
        }
        try {
            return ofComplex(
                    text,
                    FloatText.parse(text.substring(0, sign)),
                    FloatText.parse(text.substring(sign, text.length() - 1)));
        } catch (FunctionException e) {
            throw new IllegalArgumentException(e.goText().raw());
        }
    }

    private static Constant ofComplex(String text, double real, double imaginary) {
        boolean isReal = imaginary == 0;
        return new Constant(
                text,
                isReal ? signed(real) : OptionalLong.empty(),
                isReal ? unsigned(real) : OptionalLong.empty(),
                isReal ? OptionalDouble.of(real) : OptionalDouble.empty(),
                new Complex(real, imaginary));
    }

    static Constant ofNumber(String text) {
        if (text.endsWith("i")) {
            var imaginary = floating(text.substring(0, text.length() - 1));
            if (imaginary.isPresent()) {
                return ofComplex(text, 0, imaginary.getAsDouble());
            }
        }
        var unsigned = parsed(() -> IntegerText.parseUnsigned(text, 0, 64));
        var signed = parsed(() -> IntegerText.parseSigned(text, 0, 64));
        if (signed.isPresent() && signed.getAsLong() == 0) {
            unsigned = signed;
        }
        if (signed.isPresent()) {
            return new Constant(
                    text, signed, unsigned, OptionalDouble.of(signed.getAsLong()), null);
        }
        if (unsigned.isPresent()) {
            var floating = OptionalDouble.of(unsignedToDouble(unsigned.getAsLong()));
            return new Constant(text, signed, unsigned, floating, null);
        }
        var floating = floating(text);
        if (floating.isEmpty()) {
            throw new IllegalArgumentException("illegal number syntax: " + Quoting.quote(text));
        }
        if (text.chars().noneMatch(c -> ".eEpP".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("integer overflow: " + Quoting.quote(text));
        }
        double number = floating.getAsDouble();
        return new Constant(text, signed(number), unsigned(number), floating, null);
    }

    private static OptionalLong signed(double number) {
        boolean fits = number >= -SIGNED_END && number < SIGNED_END && number == Math.rint(number);
        return fits ? OptionalLong.of((long) number) : OptionalLong.empty();
    }

    private static OptionalLong unsigned(double number) {
        if (number < 0 || number >= UNSIGNED_END || number != Math.rint(number)) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                number < SIGNED_END
                        ? (long) number
                        : (long) (number - SIGNED_END) | Long.MIN_VALUE);
    }

    private static double unsignedToDouble(long bits) {
        return new BigDecimal(Long.toUnsignedString(bits)).doubleValue();
    }

    /** Whether it looks like a float: without a wanted type, its text decides. */
    public boolean isWrittenAsFloat() {
        boolean hexInteger =
                text.length() > 2
                        && text.charAt(0) == '0'
                        && (text.charAt(1) == 'x' || text.charAt(1) == 'X')
                        && text.indexOf('p') < 0
                        && text.indexOf('P') < 0;
        return floating.isPresent()
                && !hexInteger
                && text.charAt(0) != '\''
                && text.chars().anyMatch(c -> ".eEpP".indexOf(c) >= 0);
    }

    private interface Parsing {
        long parse() throws FunctionException;
    }

    private static OptionalLong parsed(Parsing parsing) {
        try {
            return OptionalLong.of(parsing.parse());
        } catch (FunctionException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalDouble floating(String text) {
        try {
            return OptionalDouble.of(FloatText.parse(text));
        } catch (FunctionException e) {
            return OptionalDouble.empty();
        }
    }
}
