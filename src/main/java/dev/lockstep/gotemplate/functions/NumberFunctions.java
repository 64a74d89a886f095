package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.FLOAT64;
import static dev.lockstep.gotemplate.value.GoType.INT;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FloatText;
import dev.lockstep.gotemplate.value.Fmt;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.IntegerText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;

/** Sprig's functions of numbers. Integers overflow as Go's do. */
final class NumberFunctions {
    /** Of shopspring/decimal, in which Sprig reckons with fractions. */
    private static final int DIVISION_DIGITS = 16;

    private static final int BITS = 64;
    private static final int OCTAL = 8;
    private static final int ELEMENT_BYTES = 32;

    private NumberFunctions() {}

    private interface IntegerOperator {
        long apply(long left, long right) throws FunctionException;
    }

    private interface DecimalOperator {
        BigDecimal apply(BigDecimal left, BigDecimal right) throws FunctionException;
    }

    static List<TemplateFunction> all() {
        var all = new ArrayList<TemplateFunction>();
        all.addAll(casts());
        all.addAll(integers());
        all.addAll(fractions());
        all.addAll(ranges());
        return all;
    }

    private static List<TemplateFunction> casts() {
        return List.of(
                TemplateFunction.named("atoi")
                        .takes(STRING)
                        .does((in, run) -> GoInt.of(atoi(in.string(0).raw()))),
                TemplateFunction.named("int")
                        .takes(ANY)
                        .does((in, run) -> GoInt.of(Casts.integer(in.get(0)))),
                TemplateFunction.named("int64")
                        .takes(ANY)
                        .does((in, run) -> GoInt.int64(Casts.integer(in.get(0)))),
                TemplateFunction.named("float64")
                        .takes(ANY)
                        .does((in, run) -> GoFloat.of(Casts.number(in.get(0)))),
                TemplateFunction.named("toDecimal")
                        .takes(ANY)
                        .does((in, run) -> GoInt.int64(ofOctal(run, in.get(0)))));
    }

    private static List<TemplateFunction> integers() {
        var max = folding("max", Math::max);
        return List.of(
                TemplateFunction.named("add1")
                        .takes(ANY)
                        .does((in, run) -> GoInt.int64(Casts.integer(in.get(0)) + 1)),
                TemplateFunction.named("add")
                        .takesVariadic(ANY)
                        .does((in, run) -> GoInt.int64(sum(in))),
                of("sub", (a, b) -> a - b),
                of("div", (a, b) -> divisor(b) == 0 ? 0 : a / b),
                of("mod", (a, b) -> divisor(b) == 0 ? 0 : a % b),
                folding("mul", (a, b) -> a * b),
                max,
                max.alias("biggest"),
                folding("min", Math::min),
                TemplateFunction.named("randInt")
                        .takes(INT, INT)
                        .varyingByRun()
                        .does(NumberFunctions::random));
    }

    private static List<TemplateFunction> fractions() {
        return List.of(
                TemplateFunction.named("add1f")
                        .takes(ANY)
                        .does(
                                (in, run) ->
                                        decimals(
                                                Casts.number(in.get(0)),
                                                List.of(GoInt.of(1)),
                                                BigDecimal::add)),
                TemplateFunction.named("addf")
                        .takesVariadic(ANY)
                        .does((in, run) -> decimals(0, in.values(), BigDecimal::add)),
                decimal("subf", BigDecimal::subtract),
                decimal("mulf", BigDecimal::multiply),
                decimal("divf", NumberFunctions::divide),
                foldingFractions("maxf", NumberFunctions::max),
                foldingFractions("minf", NumberFunctions::min),
                ofFraction("floor", Math::floor),
                ofFraction("ceil", Math::ceil),
                TemplateFunction.named("round")
                        .takesVariadic(ANY, INT, FLOAT64)
                        .does((in, run) -> GoFloat.of(round(in))));
    }

    private static List<TemplateFunction> ranges() {
        return List.of(
                TemplateFunction.named("until")
                        .takes(INT)
                        .does(
                                (in, run) -> {
                                    long count = in.integer(0);
                                    return range(run, 0, count, count < 0 ? -1 : 1);
                                }),
                TemplateFunction.named("untilStep")
                        .takes(INT, INT, INT)
                        .does((in, run) -> range(run, in.integer(0), in.integer(1), in.integer(2))),
                TemplateFunction.named("seq")
                        .takesVariadic(INT)
                        .does((in, run) -> Values.string(sequence(run, in))));
    }

    private static TemplateFunction of(String name, IntegerOperator operator) {
        return TemplateFunction.named(name)
                .takes(ANY, ANY)
                .does(
                        (in, run) ->
                                GoInt.int64(
                                        operator.apply(
                                                Casts.integer(in.get(0)),
                                                Casts.integer(in.get(1)))));
    }

    private static TemplateFunction folding(String name, LongBinaryOperator operator) {
        return TemplateFunction.named(name)
                .takesVariadic(ANY, ANY)
                .does(
                        (in, run) ->
                                GoInt.int64(
                                        in.values().stream()
                                                .mapToLong(Casts::integer)
                                                .reduce(operator)
                                                .orElseThrow()));
    }

    private static TemplateFunction foldingFractions(String name, DoubleBinaryOperator operator) {
        return TemplateFunction.named(name)
                .takesVariadic(ANY, ANY)
                .does(
                        (in, run) ->
                                GoFloat.of(
                                        in.values().stream()
                                                .mapToDouble(Casts::number)
                                                .reduce(operator)
                                                .orElseThrow()));
    }

    private static TemplateFunction ofFraction(String name, DoubleUnaryOperator operator) {
        return TemplateFunction.named(name)
                .takes(ANY)
                .does((in, run) -> GoFloat.of(operator.applyAsDouble(Casts.number(in.get(0)))));
    }

    private static TemplateFunction decimal(String name, DecimalOperator operator) {
        return TemplateFunction.named(name)
                .takesVariadic(ANY, ANY)
                .does((in, run) -> decimals(Casts.number(in.get(0)), in.from(1), operator));
    }

    /** Of what is too large, the largest there is; of what is no number, 0. */
    private static long atoi(String text) {
        try {
            return IntegerText.atoi(text);
        } catch (FunctionException none) {
            boolean negative = text.startsWith("-");
            var digits = negative || text.startsWith("+") ? text.substring(1) : text;
            boolean isNumber =
                    !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
            if (!isNumber) {
                return 0;
            }
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }

    private static long ofOctal(Run run, GoValue value) {
        try {
            return IntegerText.parseSigned(Fmt.print(run, value).raw(), OCTAL, BITS);
        } catch (FunctionException none) {
            return 0;
        }
    }

    private static long sum(Arguments in) {
        return in.values().stream().mapToLong(Casts::integer).sum();
    }

    private static long divisor(long number) throws FunctionException {
        if (number == 0) {
            throw new FunctionException("runtime error: integer divide by zero");
        }
        return number;
    }

    private static GoValue random(Arguments in, Run run) throws FunctionException {
        long least = in.integer(0);
        long bound = in.integer(1) - least;
        if (bound <= 0) {
            throw new FunctionException("invalid argument to Intn");
        }
        return GoInt.of(run.random().nextLong(bound) + least);
    }

    private static GoFloat decimals(double first, List<GoValue> others, DecimalOperator operator)
            throws FunctionException {
        var result = decimal(first);
        for (var other : others) {
            result = operator.apply(result, decimal(Casts.number(other)));
        }
        return GoFloat.of(result.doubleValue());
    }

    /** The shortest that reads back as the number. */
    private static BigDecimal decimal(double number) throws FunctionException {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new FunctionException("Cannot create a Decimal from NaN or Inf");
        }
        return new BigDecimal(FloatText.format(number, 'f', FloatText.SHORTEST));
    }

    private static BigDecimal divide(BigDecimal left, BigDecimal right) throws FunctionException {
        if (right.signum() == 0) {
            throw new FunctionException("decimal division by 0");
        }
        return left.divide(right, DIVISION_DIGITS, RoundingMode.HALF_UP);
    }

    /** To Go, infinity outranks what is no number. */
    private static double max(double left, double right) {
        boolean infinite = left == Double.POSITIVE_INFINITY || right == Double.POSITIVE_INFINITY;
        return infinite ? Double.POSITIVE_INFINITY : Math.max(left, right);
    }

    private static double min(double left, double right) {
        boolean infinite = left == Double.NEGATIVE_INFINITY || right == Double.NEGATIVE_INFINITY;
        return infinite ? Double.NEGATIVE_INFINITY : Math.min(left, right);
    }

    /** A part from {@code roundOn} upwards, one half if not given, rounds up. */
    private static double round(Arguments in) {
        double roundOn = in.size() > 2 ? in.number(2) : 0.5;
        double power = Math.pow(10, in.integer(1));
        double scaled = power * Casts.number(in.get(0));
        double part = scaled % 1;
        return (part >= roundOn ? Math.ceil(scaled) : Math.floor(scaled)) / power;
    }

    private static GoSlice range(Run run, long start, long stop, long step) {
        var numbers = new ArrayList<GoValue>();
        if (stop < start ? step < 0 : step > 0) {
            run.allocate(Texts.product(count(start, stop, step), ELEMENT_BYTES));
            for (long i = start; step > 0 ? i < stop : i > stop; i += step) {
                numbers.add(GoInt.of(i));
            }
        }
        return GoSlice.of(INT, numbers);
    }

    private static long count(long start, long stop, long step) {
        // Both can be so far apart that their distance overflows.
        double distance = (double) stop - (double) start;
        return (long) Math.min(Math.ceil(distance / step), Long.MAX_VALUE / ELEMENT_BYTES);
    }

    /** Of one, two or three: end; start, end; start, step, end. The end is included. */
    private static String sequence(Run run, Arguments in) {
        if (in.size() == 0 || in.size() > 3) {
            return "";
        }
        long start = in.size() == 1 ? 1 : in.integer(0);
        long end = in.integer(in.size() - 1);
        long direction = end < start ? -1 : 1;
        long step = in.size() == 3 ? in.integer(1) : direction;
        if (in.size() == 3 && direction < 0 && step > 0) {
            return "";
        }
        var text = new StringJoiner(" ");
        for (var number : range(run, start, end + direction, step).elements()) {
            text.add(String.valueOf(((GoInt) number).value()));
        }
        return text.toString();
    }
}
