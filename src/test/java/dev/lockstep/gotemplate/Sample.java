package dev.lockstep.gotemplate;

import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.INT;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** What tests of the language need around it. */
final class Sample {
    static final ExecutionContext CONTEXT = within(Limits.DEFAULT);

    /** Go's own functions, and four by which a template makes lists and maps, as Sprig's do. */
    static final Functions FUNCTIONS =
            Functions.builtins()
                    .with(
                            List.of(
                                    TemplateFunction.named("list")
                                            .takesVariadic(ANY)
                                            .does((in, run) -> GoSlice.list(in.values())),
                                    TemplateFunction.named("dict")
                                            .takesVariadic(ANY)
                                            .does((in, run) -> dict(in)),
                                    TemplateFunction.named("splitList")
                                            .takes(STRING, STRING)
                                            .does((in, run) -> splitList(in)),
                                    TemplateFunction.named("until")
                                            .takes(INT)
                                            .does((in, run) -> until(in))));

    private Sample() {}

    static ExecutionContext within(Limits limits) {
        return new ExecutionContext(
                Instant.parse("2026-01-02T03:04:05Z"), new SecureRandom(), () -> 0, limits);
    }

    private static GoMap dict(Arguments in) {
        var dict = GoMap.dict();
        for (int i = 0; i < in.size(); i += 2) {
            dict.put(in.string(i), in.get(i + 1));
        }
        return dict;
    }

    private static GoSlice splitList(Arguments in) {
        var separator = Pattern.quote(in.string(0).raw());
        return GoSlice.strings(
                List.of(in.string(1).raw().split(separator, -1)).stream()
                        .map(GoString::ofRaw)
                        .toList());
    }

    private static GoSlice until(Arguments in) {
        return GoSlice.of(
                GoType.INT, LongStream.range(0, in.integer(0)).mapToObj(GoInt::of).toList());
    }
}
