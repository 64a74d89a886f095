package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoObject;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.IntegerText;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Sprig's functions of time. Those that take the present for what is no time vary by run. Go's
 * "Local" is UTC here, wherever the operator runs.
 */
final class DateFunctions {
    private static final String DATE = "2006-01-02";
    private static final Set<GoType> SECONDS = Set.of(GoType.INT, GoType.INT32, GoType.INT64);
    private static final long DAY = 24 * Durations.HOUR;
    private static final long DAYS_OF_A_MONTH = 30;
    private static final long DAYS_OF_A_YEAR = 365;
    private static final int DECIMAL = 10;
    private static final int BITS = 64;

    private DateFunctions() {}

    static List<TemplateFunction> all() {
        var all = new ArrayList<TemplateFunction>();
        all.addAll(formatting());
        all.addAll(reading());
        all.addAll(durations());
        return all;
    }

    private static List<TemplateFunction> formatting() {
        var inZone =
                TemplateFunction.named("dateInZone")
                        .takes(STRING, ANY, STRING)
                        .varyingByRun()
                        .does(
                                (in, run) ->
                                        format(
                                                run,
                                                in.string(0).raw(),
                                                in.get(1),
                                                in.string(2).text()));
        return List.of(
                TemplateFunction.named("now")
                        .varyingByRun()
                        .does((in, run) -> Times.value(new GoTime(run.now(), GoZone.UTC))),
                TemplateFunction.named("date")
                        .takes(STRING, ANY)
                        .varyingByRun()
                        .does((in, run) -> format(run, in.string(0).raw(), in.get(1), "Local")),
                inZone,
                inZone.alias("date_in_zone"),
                TemplateFunction.named("htmlDate")
                        .takes(ANY)
                        .varyingByRun()
                        .does((in, run) -> format(run, DATE, in.get(0), "Local")),
                TemplateFunction.named("htmlDateInZone")
                        .takes(ANY, STRING)
                        .varyingByRun()
                        .does((in, run) -> format(run, DATE, in.get(0), in.string(1).text())),
                TemplateFunction.named("ago")
                        .takes(ANY)
                        .varyingByRun()
                        .does((in, run) -> ago(run, in.get(0))));
    }

    private static List<TemplateFunction> reading() {
        var modify =
                TemplateFunction.named("dateModify")
                        .takes(STRING, Times.TIME)
                        .does((in, run) -> modifiedOrNot(in));
        var mustModify =
                TemplateFunction.named("mustDateModify")
                        .takes(STRING, Times.TIME)
                        .does((in, run) -> modified(in));
        return List.of(
                modify,
                modify.alias("date_modify"),
                mustModify,
                mustModify.alias("must_date_modify"),
                TemplateFunction.named("toDate")
                        .takes(STRING, STRING)
                        .does((in, run) -> dateOrZero(in)),
                TemplateFunction.named("mustToDate")
                        .takes(STRING, STRING)
                        .does((in, run) -> date(in)),
                TemplateFunction.named("unixEpoch")
                        .takes(Times.TIME)
                        .does(
                                (in, run) ->
                                        GoString.of(
                                                String.valueOf(
                                                        Times.time(in.get(0))
                                                                .instant()
                                                                .getEpochSecond()))));
    }

    private static List<TemplateFunction> durations() {
        return List.of(
                TemplateFunction.named("duration")
                        .takes(ANY)
                        .does(
                                (in, run) ->
                                        Values.string(
                                                Durations.format(
                                                        seconds(in.get(0)) * Durations.SECOND))),
                TemplateFunction.named("durationRound")
                        .takes(ANY)
                        .varyingByRun()
                        .does((in, run) -> GoString.of(rounded(nanos(run, in.get(0))))));
    }

    private static GoValue format(Run run, String layout, GoValue date, String zone)
            throws FunctionException {
        run.allocate(layout.length() * 2L);
        var time = new GoTime(instant(run, date, true), GoZone.load(zone).orElse(GoZone.UTC));
        return Values.string(time.format(layout));
    }

    /** A time, or a number of seconds since 1970; of anything else, the present. */
    private static Instant instant(Run run, GoValue date, boolean int32) throws FunctionException {
        if (date instanceof GoObject object && object.payload() instanceof GoTime time) {
            return time.instant();
        }
        boolean isSeconds =
                date instanceof GoInt
                        && SECONDS.contains(date.type())
                        && (int32 || !date.type().equals(GoType.INT32));
        if (!isSeconds) {
            return run.now();
        }
        try {
            return Times.ofUnix(((GoInt) date).value());
        } catch (DateTimeException tooFar) {
            throw new FunctionException("the time is out of range");
        }
    }

    private static GoValue ago(Run run, GoValue date) throws FunctionException {
        long nanos = nanosBetween(instant(run, date, false), run.now());
        return Values.string(Durations.format(Durations.round(nanos, Durations.SECOND)));
    }

    private static GoValue modified(Arguments in) throws FunctionException {
        long nanos = Durations.parse(in.string(0).raw());
        return Times.value(Times.time(in.get(1)).plusNanos(nanos));
    }

    private static GoValue modifiedOrNot(Arguments in) {
        try {
            return modified(in);
        } catch (FunctionException malformed) {
            return in.get(1);
        }
    }

    private static GoValue date(Arguments in) throws FunctionException {
        return Times.value(TimeParser.parse(in.string(0).raw(), in.string(1).raw()));
    }

    private static GoValue dateOrZero(Arguments in) {
        try {
            return date(in);
        } catch (FunctionException malformed) {
            return Times.value(GoTime.ZERO);
        }
    }

    /** Of a string or int64; anything else, an int too, is 0. */
    private static long seconds(GoValue value) {
        if (value instanceof GoString text) {
            try {
                return IntegerText.parseSigned(text.raw(), DECIMAL, BITS);
            } catch (FunctionException malformed) {
                return 0;
            }
        }
        return value instanceof GoInt number && number.type().equals(GoType.INT64)
                ? number.value()
                : 0;
    }

    private static long nanos(Run run, GoValue value) {
        if (value instanceof GoString text) {
            try {
                return Durations.parse(text.raw());
            } catch (FunctionException malformed) {
                return 0;
            }
        }
        if (value instanceof GoInt number && number.type().equals(GoType.INT64)) {
            return number.value();
        }
        if (value instanceof GoObject object && object.payload() instanceof GoTime time) {
            return nanosBetween(time.instant(), run.now());
        }
        return 0;
    }

    /** As much of the largest unit as there is, without a sign. */
    private static String rounded(long nanos) {
        var size = BigInteger.valueOf(nanos).abs();
        record Unit(long nanos, String name) {}
        var units =
                List.of(
                        new Unit(DAY * DAYS_OF_A_YEAR, "y"),
                        new Unit(DAY * DAYS_OF_A_MONTH, "mo"),
                        new Unit(DAY, "d"),
                        new Unit(Durations.HOUR, "h"),
                        new Unit(Durations.MINUTE, "m"),
                        new Unit(Durations.SECOND, "s"));
        for (var unit : units) {
            var length = BigInteger.valueOf(unit.nanos());
            if (size.compareTo(length) > 0) {
                return size.divide(length) + unit.name();
            }
        }
        return "0s";
    }

    /** At most as far apart as a time.Duration reaches. */
    private static long nanosBetween(Instant from, Instant to) {
        try {
            return Duration.between(from, to).toNanos();
        } catch (ArithmeticException tooFar) {
            return from.isBefore(to) ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
    }
}
