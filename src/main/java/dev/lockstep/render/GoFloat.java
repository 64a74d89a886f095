package dev.lockstep.render;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Doubles as Go reads and writes them. */
final class GoFloat {
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?+(\\d++\\.?+\\d*+|\\.\\d++)([eE][-+]?+\\d++)?+");
    private static final Map<String, Double> NAMED =
            Map.of(
                    "inf", Double.POSITIVE_INFINITY,
                    "infinity", Double.POSITIVE_INFINITY,
                    "nan", Double.NaN);
    private static final int DIGITS_OF_ANY_DOUBLE = 17;

    private static final List<RoundingMode> NEAREST_FIRST =
            List.of(RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN);

    private GoFloat() {}

    /** {@code strconv.ParseFloat}, with 0 for what it refuses. */
    static double parse(String text) {
        if (DECIMAL.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        boolean signed = text.startsWith("-") || text.startsWith("+");
        var name = (signed ? text.substring(1) : text).toLowerCase(Locale.ROOT);
        var magnitude = NAMED.get(name);
        if (magnitude == null) {
            return 0;
        }
        return text.startsWith("-") ? -magnitude : magnitude;
    }

    /** {@code strconv.FormatFloat(number, 'f', -1, 64)}: the shortest decimal that reads back. */
    static String format(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "+Inf" : "-Inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0" : "0";
        }
        return plain(shortest(number));
    }

    /** With an exponent, as Go writes it into JSON: {@code 1.5e-9}, {@code 1e+21}. */
    static String scientific(double number) {
        var shortest = shortest(number).stripTrailingZeros();
        var digits = shortest.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - shortest.scale();
        return (number < 0 ? "-" : "")
                + digits.charAt(0)
                + (digits.length() > 1 ? "." + digits.substring(1) : "")
                + (exponent < 0 ? "e-" : "e+")
                + Math.abs(exponent);
    }

    /** Not {@link Double#toString(double)}: before Java 19 it is not always the shortest. */
    private static BigDecimal shortest(double number) {
        var exact = new BigDecimal(number);
        for (int digits = 1; digits < DIGITS_OF_ANY_DOUBLE; digits++) {
            // The nearest decimal can fail where a farther one reads back: beneath a power of two
            // doubles lie closer together than above it.
            for (var rounding : NEAREST_FIRST) {
                var rounded = exact.round(new MathContext(digits, rounding));
                if (rounded.doubleValue() == number) {
                    return rounded;
                }
            }
        }
        return exact.round(new MathContext(DIGITS_OF_ANY_DOUBLE, RoundingMode.HALF_EVEN));
    }

    private static String plain(BigDecimal decimal) {
        return decimal.stripTrailingZeros().toPlainString();
    }
}
