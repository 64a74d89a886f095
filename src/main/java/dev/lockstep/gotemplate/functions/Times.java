package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMethod;
import dev.lockstep.gotemplate.value.GoObject;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Kind;
import dev.lockstep.gotemplate.value.Signature;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/** Go's types of time, and what templates may ask them. */
final class Times {
    static final GoType TIME =
            GoType.object("time.Time", Kind.STRUCT, Times::timeMethods, List::of);
    static final GoType DURATION =
            GoType.named("time.Duration", Kind.INT64, Times::durationMethods);
    static final GoType MONTH = GoType.named("time.Month", Kind.INT, () -> names(GoTime.MONTHS, 1));
    static final GoType WEEKDAY =
            GoType.named("time.Weekday", Kind.INT, () -> names(GoTime.WEEKDAYS, 0));

    private static final long NANOS = Durations.SECOND;

    private Times() {}

    static GoObject value(GoTime time) {
        return new GoObject(TIME, time);
    }

    static GoTime time(GoValue value) {
        return (GoTime) ((GoObject) value).payload();
    }

    private static List<GoMethod> timeMethods() {
        return List.of(
                number("Year", time -> time.local().getYear()),
                named("Month", MONTH, time -> time.local().getMonthValue()),
                number("Day", time -> time.local().getDayOfMonth()),
                named("Weekday", WEEKDAY, GoTime::weekday),
                number("YearDay", time -> time.local().getDayOfYear()),
                number("Hour", time -> time.local().getHour()),
                number("Minute", time -> time.local().getMinute()),
                number("Second", time -> time.local().getSecond()),
                number("Nanosecond", time -> time.instant().getNano()),
                int64("Unix", time -> time.instant().getEpochSecond()),
                int64("UnixMilli", time -> time.instant().toEpochMilli()),
                int64("UnixMicro", time -> nanos(time.instant()) / 1000),
                int64("UnixNano", time -> nanos(time.instant())),
                GoMethod.getter("String", (self, in) -> text(time(self).toString())),
                GoMethod.getter("UTC", (self, in) -> value(time(self).in(GoZone.UTC))),
                GoMethod.getter("Local", (self, in) -> value(time(self).in(GoZone.UTC))),
                GoMethod.getter("IsZero", (self, in) -> Values.truth(time(self).isZero())),
                GoMethod.of(
                        "Format",
                        Signature.of(GoType.STRING),
                        (self, in) -> text(time(self).format(in.string(0).raw()))),
                GoMethod.of(
                        "Add",
                        Signature.of(DURATION),
                        (self, in) -> value(time(self).plusNanos(in.integer(0)))),
                GoMethod.of(
                        "Sub",
                        Signature.of(TIME),
                        (self, in) ->
                                new GoInt(
                                        nanos(time(self).instant())
                                                - nanos(time(in.get(0)).instant()),
                                        DURATION)),
                GoMethod.of(
                        "AddDate",
                        Signature.of(GoType.INT, GoType.INT, GoType.INT),
                        (self, in) ->
                                value(
                                        addDate(
                                                time(self),
                                                in.integer(0),
                                                in.integer(1),
                                                in.integer(2)))),
                comparing("Before", Instant::isBefore),
                comparing("After", Instant::isAfter),
                comparing("Equal", Instant::equals));
    }

    private static List<GoMethod> durationMethods() {
        return List.of(
                GoMethod.getter(
                        "String", (self, in) -> text(Durations.format(((GoInt) self).value()))),
                fraction("Hours", Durations.HOUR),
                fraction("Minutes", Durations.MINUTE),
                fraction("Seconds", Durations.SECOND),
                durationNumber("Milliseconds", 1_000_000),
                durationNumber("Microseconds", 1_000),
                durationNumber("Nanoseconds", 1));
    }

    /** Its name, or as Go says what has none. */
    private static List<GoMethod> names(List<String> names, int first) {
        return List.of(
                GoMethod.getter(
                        "String",
                        (self, in) -> {
                            long index = ((GoInt) self).value() - first;
                            return GoString.of(
                                    index >= 0 && index < names.size()
                                            ? names.get((int) index)
                                            : "%!(" + (index + first) + ")");
                        }));
    }

    private static GoMethod number(String name, ToLongFunction<GoTime> read) {
        return named(name, GoType.INT, read);
    }

    private static GoMethod int64(String name, ToLongFunction<GoTime> read) {
        return named(name, GoType.INT64, read);
    }

    private static GoMethod named(String name, GoType type, ToLongFunction<GoTime> read) {
        return GoMethod.getter(name, (self, in) -> new GoInt(read.applyAsLong(time(self)), type));
    }

    private static GoMethod comparing(String name, BiPredicate<Instant, Instant> test) {
        return GoMethod.of(
                name,
                Signature.of(TIME),
                (self, in) ->
                        Values.truth(test.test(time(self).instant(), time(in.get(0)).instant())));
    }

    private static GoMethod fraction(String name, long unit) {
        return GoMethod.getter(
                name,
                (self, in) -> {
                    long nanos = ((GoInt) self).value();
                    return GoFloat.of((double) (nanos / unit) + (double) (nanos % unit) / unit);
                });
    }

    private static GoMethod durationNumber(String name, long unit) {
        return GoMethod.getter(name, (self, in) -> GoInt.int64(((GoInt) self).value() / unit));
    }

    /** Days of a month that it has not flow over into the next. */
    private static GoTime addDate(GoTime time, long years, long months, long days) {
        var local = time.local();
        long month = (local.getYear() + years) * 12L + local.getMonthValue() - 1 + months;
        var first =
                LocalDateTime.of(
                        (int) Math.floorDiv(month, 12L),
                        (int) Math.floorMod(month, 12L) + 1,
                        1,
                        local.getHour(),
                        local.getMinute(),
                        local.getSecond(),
                        local.getNano());
        return GoTime.of(first.plusDays(local.getDayOfMonth() - 1 + days), time.zone());
    }

    private static long nanos(Instant instant) {
        return instant.getEpochSecond() * NANOS + instant.getNano();
    }

    static Instant ofUnix(long seconds) {
        return LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC).toInstant(ZoneOffset.UTC);
    }

    private static GoString text(String raw) {
        return GoString.ofRaw(raw);
    }
}
