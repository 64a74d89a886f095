package dev.lockstep.render;

import dev.lockstep.render.Json.JsonBoolean;
import dev.lockstep.render.Json.JsonNull;
import dev.lockstep.render.Json.JsonNumber;
import dev.lockstep.render.Json.JsonString;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the brackets of {@code #(…)}.
 *
 * @param path what is compared; empty for the element itself
 * @param operator empty where presence is enough
 * @param operand without quotes; beginning with {@code ~} it asks for a truth instead
 * @param end position in the whole path behind the closing bracket
 */
record Query(String path, String operator, String operand, int end) {
    /** Asks for nothing. */
    static final Query ANY = new Query("", "", "", 0);

    private static final String OPERATOR_START = "!=<>%";
    private static final Set<String> LONG_OPERATORS = Set.of("!=", "!%", "<=", ">=");
    private static final Set<String> TRUE_TEXTS = Set.of("1", "t", "true");
    private static final Set<String> FALSE_TEXTS = Set.of("0", "f", "false");

    /** The query that a path begins with; empty where its bracket is not closed. */
    static Optional<Query> parse(String path) {
        int operator = -1;
        int depth = 1;
        boolean escaped = false;
        for (int i = 2; i < path.length(); i++) {
            char c = path.charAt(i);
            if (depth == 1 && operator < 0 && OPERATOR_START.indexOf(c) >= 0) {
                operator = i;
            } else if (c == '\\') {
                i++;
            } else if (c == '[' || c == '(') {
                depth++;
            } else if (c == '"') {
                int quote = PathSyntax.closingQuote(path, i);
                escaped |= path.substring(i, quote).contains("\\");
                i = quote;
            } else if ((c == ']' || c == ')') && --depth == 0) {
                return Optional.of(
                        operator < 0
                                ? new Query(path.substring(2, i).trim(), "", "", i + 1)
                                : comparing(path, operator, i, escaped));
            }
        }
        return Optional.empty();
    }

    private static Query comparing(String path, int operatorStart, int close, boolean escaped) {
        var comparison = path.substring(operatorStart, close).trim();
        var operator = operator(comparison);
        int length = comparison.startsWith("==") ? 2 : operator.length();
        var operand = comparison.substring(length).trim();
        if (operand.length() > 1 && operand.startsWith("\"") && operand.endsWith("\"")) {
            operand = operand.substring(1, operand.length() - 1);
            operand = escaped ? Escapes.resolve(operand) : operand;
        }
        return new Query(path.substring(2, operatorStart).trim(), operator, operand, close + 1);
    }

    private static String operator(String comparison) {
        if (comparison.length() > 1 && LONG_OPERATORS.contains(comparison.substring(0, 2))) {
            return comparison.substring(0, 2);
        }
        boolean lone = comparison.startsWith("!") && comparison.length() > 1;
        return lone ? "" : comparison.substring(0, 1);
    }

    boolean accepts(Optional<Json> candidate) {
        if (operand.startsWith("~")) {
            var truth = truth(candidate);
            return truth != null && (operator.isEmpty() || accepts(truth, "true"));
        }
        return candidate.isPresent() && (operator.isEmpty() || accepts(candidate.get()));
    }

    private @Nullable Boolean truth(Optional<Json> candidate) {
        return switch (operand) {
            case "~*" -> candidate.isPresent();
            case "~null" -> isNull(candidate);
            case "~true" -> candidate.isPresent() && isTrue(candidate.get());
            case "~false" -> isNull(candidate) || isFalse(candidate.get());
            default -> null;
        };
    }

    private static boolean isNull(Optional<Json> candidate) {
        return candidate.isEmpty() || candidate.get() instanceof JsonNull;
    }

    static boolean isTrue(Json value) {
        return value instanceof JsonBoolean bool && bool.truth()
                || value instanceof JsonNumber number && number.number() != 0
                || value instanceof JsonString && TRUE_TEXTS.contains(lowerCase(value));
    }

    private static boolean isFalse(Json value) {
        return value instanceof JsonBoolean bool && !bool.truth()
                || value instanceof JsonNumber number && number.number() == 0
                || value instanceof JsonString && FALSE_TEXTS.contains(lowerCase(value));
    }

    private static String lowerCase(Json value) {
        return value.text().toLowerCase(Locale.ROOT);
    }

    /** Objects, arrays and null compare with nothing. */
    private boolean accepts(Json value) {
        if (value instanceof JsonString text) {
            return accepts(text.text());
        }
        if (value instanceof JsonNumber number) {
            return accepts(number.number());
        }
        return value instanceof JsonBoolean bool && accepts(bool.truth(), operand);
    }

    private boolean accepts(String text) {
        return switch (operator) {
            case "%" -> Wildcard.matches(text, operand);
            case "!%" -> !Wildcard.matches(text, operand);
            default -> ordered(Utf8Order.compare(text, operand));
        };
    }

    private boolean ordered(int comparison) {
        return switch (operator) {
            case "=" -> comparison == 0;
            case "!=" -> comparison != 0;
            case "<" -> comparison < 0;
            case "<=" -> comparison <= 0;
            case ">" -> comparison > 0;
            case ">=" -> comparison >= 0;
            default -> false;
        };
    }

    /** An operand that is no number counts as 0. */
    private boolean accepts(double number) {
        double limit = GoFloat.parse(operand);
        if (Double.isNaN(limit)) {
            return operator.equals("!=");
        }
        return ordered(number == limit ? 0 : number < limit ? -1 : 1);
    }

    /** True is greater than false; what is neither equals none of them. */
    private boolean accepts(boolean truth, String other) {
        return switch (operator) {
            case "=" -> other.equals(Boolean.toString(truth));
            case "!=" -> !other.equals(Boolean.toString(truth));
            case ">" -> truth && other.equals("false");
            case ">=" -> truth;
            case "<" -> !truth && other.equals("true");
            case "<=" -> !truth;
            default -> false;
        };
    }
}
