package dev.lockstep.gotemplate.functions;

import dev.lockstep.gotemplate.Functions;
import dev.lockstep.gotemplate.TemplateFunction;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** All that templates of Secrets may call. Made when a template is first parsed. */
public final class FunctionLibrary {
    private static final int INPUT_BYTES_A_STEP = 1024;

    private FunctionLibrary() {}

    /** Go's own functions, with Sprig's and ESO's over them. */
    public static Functions all() {
        return Holder.ALL;
    }

    private static final class Holder {
        static final Functions ALL = Functions.builtins().with(added());
    }

    private static List<TemplateFunction> added() {
        return Stream.of(
                        StringFunctions.all(),
                        ListFunctions.all(),
                        DictFunctions.all(),
                        NumberFunctions.all(),
                        TypeFunctions.all(),
                        EncodingFunctions.all(),
                        RegexFunctions.all(),
                        PathFunctions.all(),
                        UrlFunctions.all(),
                        VersionFunctions.all(),
                        DateFunctions.all(),
                        CryptoFunctions.all(),
                        EsoFunctions.all())
                .flatMap(Collection::stream)
                .map(FunctionLibrary::metered)
                .toList();
    }

    /** Charges what every function costs: reading its arguments, and its result. */
    private static TemplateFunction metered(TemplateFunction function) {
        var body = function.body();
        return new TemplateFunction(
                function.name(),
                function.signature(),
                function.variesByRun(),
                (in, run) -> {
                    long read = 0;
                    for (var value : in.values()) {
                        read += Values.size(value);
                    }
                    run.work(read / INPUT_BYTES_A_STEP);
                    var result = body.call(in, run);
                    run.allocate(Values.size(result));
                    return result;
                });
    }
}
