package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.functions.Values.truth;
import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.BOOL;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoValue;
import java.util.List;

/** Sprig's defaults, its questions about types, and fail. */
final class TypeFunctions {
    private TypeFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.named("default")
                        .takesVariadic(ANY, ANY)
                        .does((in, run) -> orDefault(in)),
                TemplateFunction.named("empty")
                        .takes(ANY)
                        .does((in, run) -> truth(Values.isEmpty(in.get(0)))),
                TemplateFunction.named("coalesce")
                        .takesVariadic(ANY)
                        .does((in, run) -> coalesce(in)),
                TemplateFunction.named("all")
                        .takesVariadic(ANY)
                        .does((in, run) -> truth(in.values().stream().noneMatch(Values::isEmpty))),
                TemplateFunction.named("any")
                        .takesVariadic(ANY)
                        .does((in, run) -> truth(!in.values().stream().allMatch(Values::isEmpty))),
                TemplateFunction.named("ternary")
                        .takes(ANY, ANY, BOOL)
                        .does((in, run) -> in.truth(2) ? in.get(0) : in.get(1)),
                TemplateFunction.named("typeOf")
                        .takes(ANY)
                        .does((in, run) -> GoString.of(typeOf(in.get(0)))),
                TemplateFunction.named("typeIs")
                        .takes(STRING, ANY)
                        .does((in, run) -> truth(in.string(0).raw().equals(typeOf(in.get(1))))),
                TemplateFunction.named("typeIsLike")
                        .takes(STRING, ANY)
                        .does((in, run) -> truth(isLike(in.string(0).raw(), typeOf(in.get(1))))),
                TemplateFunction.named("kindOf")
                        .takes(ANY)
                        .does((in, run) -> GoString.of(kindOf(in.get(0)))),
                TemplateFunction.named("kindIs")
                        .takes(STRING, ANY)
                        .does((in, run) -> truth(in.string(0).raw().equals(kindOf(in.get(1))))),
                TemplateFunction.named("deepEqual")
                        .takes(ANY, ANY)
                        .does((in, run) -> truth(Values.deepEqual(run, in.get(0), in.get(1)))),
                TemplateFunction.named("fail").takes(STRING).does((in, run) -> fail(in.string(0))));
    }

    private static GoValue orDefault(Arguments in) {
        return in.size() < 2 || Values.isEmpty(in.get(1)) ? in.get(0) : in.get(1);
    }

    private static GoValue coalesce(Arguments in) {
        return in.values().stream()
                .filter(value -> !Values.isEmpty(value))
                .findFirst()
                .orElse(GoNil.INTERFACE);
    }

    private static String typeOf(GoValue value) {
        return Values.isNil(value) ? "<nil>" : value.type().toString();
    }

    /** Itself, or a pointer to it. */
    private static boolean isLike(String wanted, String type) {
        return type.equals(wanted) || type.equals("*" + wanted);
    }

    private static String kindOf(GoValue value) {
        return Values.isNil(value) ? "invalid" : value.kind().goName();
    }

    /** The message may be made of values, so it stays out of what people see. */
    private static GoValue fail(GoString message) throws FunctionException {
        throw FunctionException.quoting("the template says so", message);
    }
}
