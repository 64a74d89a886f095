package dev.lockstep.gotemplate.value;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Doubles as Go reads and writes them (strconv). */
public final class FloatText {
    /** As a precision: so many digits as are needed to read the same double back. */
    public static final int SHORTEST = -1;

    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][-+]?+\\d++)?+");
    private static final Pattern HEX =
            Pattern.compile(
                    "[-+]?+0[xX](\\p{XDigit}++\\.?+\\p{XDigit}*+|\\.\\p{XDigit}++)[pP][-+]?+\\d++");

    /** Any decimal of so many digits survives being a double, unless that is subnormal. */
    private static final int DIGITS_THAT_SURVIVE = 15;

    private static final int DIGITS_OF_ANY_DOUBLE = 17;
    private static final double LARGEST_EXACT_INTEGER = 1L << 53;
    private static final int FRACTION_BITS = 52;
    private static final int SHORTEST_DECIDES_AS = 6;

    private static final List<RoundingMode> NEAREST_FIRST =
            List.of(RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN);

    private FloatText() {}

    /** {@code strconv.ParseFloat}, for 64 bits. */
    public static double parse(String text) throws FunctionException {
        var digits = text;
        if (text.indexOf('_') >= 0) {
            if (!IntegerText.underscoresSeparate(text)) {
                throw IntegerText.malformed("ParseFloat", text);
            }
            digits = text.replace("_", "");
        }
        if (DECIMAL.matcher(digits).matches() || HEX.matcher(digits).matches()) {
            double number = Double.parseDouble(digits);
            if (Double.isInfinite(number)) {
                throw IntegerText.outOfRange("ParseFloat", text);
            }
            return number;
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        return switch ((signed ? text.substring(1) : text).toLowerCase(Locale.ROOT)) {
            case "inf", "infinity" ->
                    text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            case "nan" -> {
                if (signed) {
                    throw IntegerText.malformed("ParseFloat", text);
                }
                yield Double.NaN;
            }
            default -> throw IntegerText.malformed("ParseFloat", text);
        };
    }

    /**
     * {@code strconv.FormatFloat}, for 64 bits.
     *
     * @param format one of {@code e E f g G b x X}
     */
    public static String format(double number, char format, int precision) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        boolean negative = Double.doubleToRawLongBits(number) < 0;
        double magnitude = Math.abs(number);
        var text =
                switch (format) {
                    case 'b' -> binary(magnitude);
                    case 'x', 'X' -> hexadecimal(magnitude, format, precision);
                    default -> decimal(magnitude, format, precision);
                };
        return negative ? "-" + text : text;
    }

    /** A positive number: 0.digits times ten to the power of point. */
    private record Digits(String digits, int point) {
        static final Digits ZERO = new Digits("", 0);

        static Digits of(BigDecimal decimal) {
            if (decimal.signum() == 0) {
                return ZERO;
            }
            var stripped = decimal.stripTrailingZeros();
            var digits = stripped.unscaledValue().toString();
            return new Digits(digits, digits.length() - stripped.scale());
        }

        char at(int index) {
            return index >= 0 && index < digits.length() ? digits.charAt(index) : '0';
        }

        int count() {
            return digits.length();
        }
    }

    private static String decimal(double number, char format, int precision) {
        boolean shortest = precision < 0;
        char lower = Character.toLowerCase(format);
        var digits = shortest ? shortest(number) : rounded(number, lower, precision);
        int wanted = precision;
        if (shortest) {
            wanted =
                    switch (lower) {
                        case 'e' -> Math.max(digits.count() - 1, 0);
                        case 'f' -> Math.max(digits.count() - digits.point(), 0);
                        default -> digits.count();
                    };
        }
        return switch (lower) {
            case 'e' -> exponential(digits, wanted, format);
            case 'f' -> plain(digits, wanted);
            default -> general(digits, wanted, shortest, format);
        };
    }

    private static Digits rounded(double number, char format, int precision) {
        var exact = new BigDecimal(number);
        return Digits.of(
                switch (format) {
                    case 'f' ->
                            exact.scale() > precision
                                    ? exact.setScale(precision, RoundingMode.HALF_EVEN)
                                    : exact;
                    case 'e' -> exact.round(context(precision + 1));
                    default -> exact.round(context(Math.max(precision, 1)));
                });
    }

    private static MathContext context(int digits) {
        return new MathContext(digits, RoundingMode.HALF_EVEN);
    }

    /** Not by {@link Double#toString(double)}: before Java 19 it is not always the shortest. */
    private static Digits shortest(double number) {
        if (number < LARGEST_EXACT_INTEGER && number == Math.rint(number)) {
            return Digits.of(BigDecimal.valueOf((long) number));
        }
        var exact = new BigDecimal(number);
        int from = number < Double.MIN_NORMAL ? 1 : DIGITS_THAT_SURVIVE;
        for (int digits = from; digits < DIGITS_OF_ANY_DOUBLE; digits++) {
            // The nearest decimal can fail where a farther one reads back: beneath a power of two
            // doubles lie closer together than above it.
            for (var rounding : NEAREST_FIRST) {
                var rounded = exact.round(new MathContext(digits, rounding));
                if (rounded.doubleValue() == number) {
                    return Digits.of(rounded);
                }
            }
        }
        return Digits.of(exact.round(context(DIGITS_OF_ANY_DOUBLE)));
    }

    private static String general(Digits digits, int precision, boolean shortest, char format) {
        int threshold = precision == 0 ? 1 : precision;
        if (threshold > digits.count() && digits.count() >= digits.point()) {
            threshold = digits.count();
        }
        if (shortest) {
            threshold = SHORTEST_DECIDES_AS;
        }
        int exponent = digits.point() - 1;
        if (exponent < -4 || exponent >= threshold) {
            int significant = Math.min(Math.max(precision, 1), digits.count());
            return exponential(digits, significant - 1, format == 'g' ? 'e' : 'E');
        }
        return plain(digits, Math.max(digits.count() - digits.point(), 0));
    }

    private static String exponential(Digits digits, int precision, char e) {
        var text = new StringBuilder().append(digits.at(0));
        if (precision > 0) {
            text.append('.');
            for (int i = 1; i <= precision; i++) {
                text.append(digits.at(i));
            }
        }
        int exponent = digits.count() == 0 ? 0 : digits.point() - 1;
        return text.append(e).append(exponent(exponent)).toString();
    }

    private static String exponent(int exponent) {
        int magnitude = Math.abs(exponent);
        return (exponent < 0 ? "-" : "+") + (magnitude < 10 ? "0" : "") + magnitude;
    }

    private static String plain(Digits digits, int precision) {
        var text = new StringBuilder();
        if (digits.point() <= 0) {
            text.append('0');
        }
        for (int i = 0; i < digits.point(); i++) {
            text.append(digits.at(i));
        }
        if (precision > 0) {
            text.append('.');
            for (int i = 0; i < precision; i++) {
                text.append(digits.at(digits.point() + i));
            }
        }
        return text.toString();
    }

    private static long mantissa(double number) {
        long bits = Double.doubleToRawLongBits(number);
        long fraction = bits & (1L << FRACTION_BITS) - 1;
        return number < Double.MIN_NORMAL ? fraction : fraction | 1L << FRACTION_BITS;
    }

    private static int binaryExponent(double number) {
        return Math.max(Math.getExponent(number), Double.MIN_EXPONENT);
    }

    private static String binary(double number) {
        int exponent = binaryExponent(number) - FRACTION_BITS;
        return mantissa(number) + "p" + (exponent >= 0 ? "+" : "") + exponent;
    }

    private static String hexadecimal(double number, char format, int precision) {
        int exponent = number == 0 ? 0 : binaryExponent(number);
        // The leading digit at bit 60.
        long mantissa = mantissa(number) << 60 - FRACTION_BITS;
        while (mantissa != 0 && (mantissa & 1L << 60) == 0) {
            mantissa <<= 1;
            exponent--;
        }
        if (precision >= 0 && precision < 15) {
            int shift = precision * 4;
            long extra = mantissa << shift & (1L << 60) - 1;
            mantissa >>>= 60 - shift;
            if ((extra | mantissa & 1) > 1L << 59) {
                mantissa++;
            }
            mantissa <<= 60 - shift;
            if ((mantissa & 1L << 61) != 0) {
                mantissa >>>= 1;
                exponent++;
            }
        }
        var text = new StringBuilder().append("0x").append(mantissa >>> 60 & 1);
        mantissa <<= 4;
        if (precision > 0 || precision < 0 && mantissa != 0) {
            text.append('.');
        }
        for (int i = 0; precision < 0 ? mantissa != 0 : i < precision; i++) {
            text.append(Character.forDigit((int) (mantissa >>> 60), 16));
            mantissa <<= 4;
        }
        text.append('p').append(exponent(exponent));
        return format == 'X' ? text.toString().toUpperCase(Locale.ROOT) : text.toString();
    }
}
