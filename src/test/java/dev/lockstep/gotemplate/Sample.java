package dev.lockstep.gotemplate;

import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What tests of the language need around it. */
final class Sample {
    private Sample() {}

    static final ExecutionContext CONTEXT = within(Limits.DEFAULT);

    static ExecutionContext within(Limits limits) {
        return new ExecutionContext(
                Instant.parse("2026-01-02T03:04:05Z"), new SecureRandom(), () -> 0, limits);
    }

    /** Go's own functions, and four by which a template makes lists and maps. */
    static final Functions FUNCTIONS =
            Functions.builtins()
                    .with(
                            List.of(
                                    TemplateFunction.named("list")
                                            .takesVariadic(ANY)
                                            .does((in, run) -> GoSlice.list(in.values())),
                                    TemplateFunction.named("dict")
                                            .takesVariadic(ANY)
                                            .does(
                                                    (in, run) -> {
                                                        var dict = GoMap.dict();
                                                        for (int i = 0; i < in.size(); i += 2) {
                                                            dict.put(in.string(i), in.get(i + 1));
                                                        }
                                                        return dict;
                                                    }),
                                    TemplateFunction.named("splitList")
                                            .takes(STRING, STRING)
                                            .does(
                                                    (in, run) ->
                                                            GoSlice.strings(
                                                                    Stream.of(
                                                                                    in.string(1)
                                                                                            .raw()
                                                                                            .split(
                                                                                                    in.string(
                                                                                                                    0)
                                                                                                            .raw()))
                                                                            .map(GoString::ofRaw)
                                                                            .toList())),
                                    TemplateFunction.named("until")
                                            .takes(GoType.INT)
                                            .does(
                                                    (in, run) ->
                                                            GoSlice.of(
                                                                    GoType.INT,
                                                                    LongStream.range(
                                                                                    0,
                                                                                    in.integer(0))
                                                                            .mapToObj(GoInt::of)
                                                                            .toList()))));
}
