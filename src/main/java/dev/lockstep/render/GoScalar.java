package dev.lockstep.render;

import java.math.BigInteger;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Plain scalars of YAML as Go's yaml.v2 reads them and sigs.k8s.io/yaml makes texts of them.
 * Numbers keep all digits that a double holds, and integers all; there they pass through a float of
 * 32 bits.
 */
final class GoScalar {
    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> TRUE =
            Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE =
            Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Map<String, String> NAMED =
            Map.ofEntries(
                    Map.entry(".nan", "NaN"),
                    Map.entry(".NaN", "NaN"),
                    Map.entry(".NAN", "NaN"),
                    Map.entry(".inf", "+Inf"),
                    Map.entry(".Inf", "+Inf"),
                    Map.entry(".INF", "+Inf"),
                    Map.entry("+.inf", "+Inf"),
                    Map.entry("+.Inf", "+Inf"),
                    Map.entry("+.INF", "+Inf"),
                    Map.entry("-.inf", "-Inf"),
                    Map.entry("-.Inf", "-Inf"),
                    Map.entry("-.INF", "-Inf"));
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?+(\\.[0-9]++|[0-9]++(\\.[0-9]*+)?+)([eE][-+]?+[0-9]++)?+");
    private static final Pattern INTEGER = Pattern.compile("([-+]?+)(0[xX]|0[bB]|0[oO]|0)?(.++)");
    private static final int EXPONENT_DIGITS = 2;
    private static final int LEAST_PLAIN = -4;
    private static final int MOST_PLAIN = 6;

    private GoScalar() {}

    static Tag tag(String value) {
        if (NULLS.contains(value)) {
            return Tag.NULL;
        }
        if (value.equals("<<")) {
            return Tag.MERGE;
        }
        if (TRUE.contains(value) || FALSE.contains(value)) {
            return Tag.BOOL;
        }
        return number(value) == null ? Tag.STR : Tag.FLOAT;
    }

    static String text(Tag tag, String value) {
        if (tag.equals(Tag.NULL)) {
            return "";
        }
        if (tag.equals(Tag.BOOL)) {
            return Boolean.toString(TRUE.contains(value));
        }
        boolean isNumber = tag.equals(Tag.FLOAT) || tag.equals(Tag.INT);
        var number = isNumber ? number(value) : null;
        return number == null ? value : number;
    }

    /** Null for what is no number. */
    private static @Nullable String number(String value) {
        var named = NAMED.get(value);
        if (named != null) {
            return named;
        }
        if (value.isEmpty() || "+-.0123456789".indexOf(value.charAt(0)) < 0) {
            return null;
        }
        var plain = value.replace("_", "");
        var integer = integer(plain);
        if (integer != null) {
            return integer.toString();
        }
        if (!DECIMAL.matcher(plain).matches()) {
            return null;
        }
        double number = Double.parseDouble(plain);
        return Double.isInfinite(number) ? null : shortest(number);
    }

    private static @Nullable BigInteger integer(String plain) {
        var parts = INTEGER.matcher(plain);
        if (!parts.matches()) {
            return null;
        }
        var prefix = parts.group(2) == null ? "" : parts.group(2);
        var digits = parts.group(3);
        int radix =
                switch (prefix) {
                    case "0x", "0X" -> 16;
                    case "0b", "0B" -> 2;
                    case "" -> 10;
                    default -> 8;
                };
        boolean fits = digits.chars().allMatch(c -> c < 128 && Character.digit(c, radix) >= 0);
        if (fits) {
            return new BigInteger(parts.group(1).replace("+", "") + digits, radix);
        }
        boolean decimal = digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return decimal && prefix.equals("0")
                ? new BigInteger(parts.group(1).replace("+", "") + digits)
                : null;
    }

    /** Go's {@code %g}. */
    private static String shortest(double number) {
        var scientific = GoFloat.scientific(number);
        int e = scientific.indexOf('e');
        int exponent = Integer.parseInt(scientific.substring(e + 1));
        if (exponent >= LEAST_PLAIN && exponent < MOST_PLAIN || number == 0) {
            return GoFloat.format(number);
        }
        var digits = Integer.toString(Math.abs(exponent));
        var padded = digits.length() < EXPONENT_DIGITS ? "0" + digits : digits;
        return scientific.substring(0, e) + (exponent < 0 ? "e-" : "e+") + padded;
    }
}
