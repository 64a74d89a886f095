package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.functions.Values.truth;
import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.INT;
import static dev.lockstep.gotemplate.value.GoType.LIST;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Sprig's functions of lists. None changes a list that it is given. Those called must… differ from
 * the others only in how they fail in Go, by error or by panic.
 */
final class ListFunctions {
    private static final int NEEDLES_A_STEP = 64;

    private ListFunctions() {}

    static List<TemplateFunction> all() {
        var all = new ArrayList<TemplateFunction>();
        var list =
                TemplateFunction.named("list")
                        .takesVariadic(ANY)
                        .does((in, run) -> list(in.values()));
        all.add(list);
        all.add(list.alias("tuple"));
        all.add(
                TemplateFunction.named("concat")
                        .takesVariadic(ANY)
                        .does((in, run) -> concat(in, run)));
        both(all, "append", "mustAppend", binary(ListFunctions::append));
        both(all, "push", "mustPush", binary(ListFunctions::append));
        both(all, "prepend", "mustPrepend", binary(ListFunctions::prepend));
        both(all, "first", "mustFirst", unary((in, run) -> first(in)));
        both(all, "last", "mustLast", unary((in, run) -> last(in)));
        both(all, "rest", "mustRest", unary((in, run) -> rest(in)));
        both(all, "initial", "mustInitial", unary((in, run) -> initial(in)));
        both(all, "reverse", "mustReverse", unary((in, run) -> reverse(in)));
        both(all, "compact", "mustCompact", unary((in, run) -> compact(in)));
        both(all, "uniq", "mustUniq", unary(ListFunctions::uniq));
        both(all, "has", "mustHas", binary(ListFunctions::has));
        both(
                all,
                "without",
                "mustWithout",
                TemplateFunction.named("").takesVariadic(ANY, ANY).does(ListFunctions::without));
        both(
                all,
                "slice",
                "mustSlice",
                TemplateFunction.named("").takesVariadic(ANY, ANY).does((in, run) -> slice(in)));
        both(
                all,
                "chunk",
                "mustChunk",
                TemplateFunction.named("").takes(INT, ANY).does((in, run) -> chunk(in)));
        return all;
    }

    private static void both(
            List<TemplateFunction> all, String name, String must, TemplateFunction function) {
        all.add(function.alias(name));
        all.add(function.alias(must));
    }

    private static TemplateFunction unary(TemplateFunction.Body body) {
        return TemplateFunction.named("").takes(ANY).does(body);
    }

    private static TemplateFunction binary(TemplateFunction.Body body) {
        return TemplateFunction.named("").takes(ANY, ANY).does(body);
    }

    private static GoSlice list(List<? extends GoValue> elements) {
        return GoSlice.list(elements);
    }

    private static List<GoValue> elements(GoValue value, String refusal) throws FunctionException {
        var kind = Values.kind(value);
        if (value instanceof GoSlice slice) {
            return slice.elements();
        }
        throw new FunctionException(refusal.formatted(kind.goName()));
    }

    private static GoValue append(Arguments in, Run run) throws FunctionException {
        var elements = new ArrayList<>(elements(in.get(0), "Cannot push on type %s"));
        elements.add(in.get(1));
        return list(elements);
    }

    private static GoValue prepend(Arguments in, Run run) throws FunctionException {
        var elements = new ArrayList<GoValue>();
        elements.add(in.get(1));
        elements.addAll(elements(in.get(0), "Cannot prepend on type %s"));
        return list(elements);
    }

    private static GoValue concat(Arguments in, Run run) throws FunctionException {
        var all = new ArrayList<GoValue>();
        for (var each : in.values()) {
            var elements = elements(each, "Cannot concat type %s as list");
            run.allocate(Values.size(each));
            all.addAll(elements);
        }
        return all.isEmpty() ? GoSlice.nil(LIST) : list(all);
    }

    private static GoValue first(Arguments in) throws FunctionException {
        var elements = elements(in.get(0), "Cannot find first on type %s");
        return elements.isEmpty() ? GoNil.INTERFACE : elements.get(0);
    }

    private static GoValue last(Arguments in) throws FunctionException {
        var elements = elements(in.get(0), "Cannot find last on type %s");
        return elements.isEmpty() ? GoNil.INTERFACE : elements.get(elements.size() - 1);
    }

    private static GoValue rest(Arguments in) throws FunctionException {
        var elements = elements(in.get(0), "Cannot find rest on type %s");
        return elements.isEmpty() ? GoSlice.nil(LIST) : list(elements.subList(1, elements.size()));
    }

    private static GoValue initial(Arguments in) throws FunctionException {
        var elements = elements(in.get(0), "Cannot find initial on type %s");
        return elements.isEmpty()
                ? GoSlice.nil(LIST)
                : list(elements.subList(0, elements.size() - 1));
    }

    private static GoValue reverse(Arguments in) throws FunctionException {
        var elements = new ArrayList<>(elements(in.get(0), "Cannot find reverse on type %s"));
        Collections.reverse(elements);
        return list(elements);
    }

    private static GoValue compact(Arguments in) throws FunctionException {
        var kept = new ArrayList<GoValue>();
        for (var element : elements(in.get(0), "Cannot compact on type %s")) {
            if (!Values.isEmpty(element)) {
                kept.add(element);
            }
        }
        return list(kept);
    }

    private static GoValue uniq(Arguments in, Run run) throws FunctionException {
        var kept = new ArrayList<GoValue>();
        for (var element : elements(in.get(0), "Cannot find uniq on type %s")) {
            if (!contains(run, kept, element)) {
                kept.add(element);
            }
        }
        return list(kept);
    }

    private static GoValue without(Arguments in, Run run) throws FunctionException {
        var kept = new ArrayList<GoValue>();
        for (var element : elements(in.get(0), "Cannot find without on type %s")) {
            if (!contains(run, in.from(1), element)) {
                kept.add(element);
            }
        }
        return list(kept);
    }

    private static GoValue has(Arguments in, Run run) throws FunctionException {
        if (Values.isNil(in.get(1))) {
            return truth(false);
        }
        return truth(contains(run, elements(in.get(1), "Cannot find has on type %s"), in.get(0)));
    }

    private static boolean contains(Run run, List<GoValue> elements, GoValue needle) {
        run.work(elements.size() / NEEDLES_A_STEP);
        for (var element : elements) {
            if (Values.deepEqual(run, needle, element)) {
                return true;
            }
        }
        return false;
    }

    private static GoValue slice(Arguments in) throws FunctionException {
        var elements = elements(in.get(0), "list should be type of slice or array but %s");
        if (elements.isEmpty()) {
            return GoNil.INTERFACE;
        }
        long start = in.size() > 1 ? Casts.integer(in.get(1)) : 0;
        long end = in.size() > 2 ? Casts.integer(in.get(2)) : elements.size();
        if (start < 0 || end < start || end > elements.size()) {
            throw new FunctionException("reflect.Value.Slice: slice index out of bounds");
        }
        return new GoSlice(
                in.get(0).type(), List.copyOf(elements.subList((int) start, (int) end)), false);
    }

    private static GoValue chunk(Arguments in) throws FunctionException {
        var elements = elements(in.get(1), "Cannot chunk type %s");
        long size = in.integer(0);
        double count = Math.floor((elements.size() - 1) / (double) size) + 1;
        // Go makes a slice of that many, each of that size.
        if (!(count >= 0 && count <= elements.size()) || count > 0 && size < 0) {
            throw new FunctionException("runtime error: makeslice: len out of range");
        }
        var chunks = new ArrayList<GoValue>();
        for (int i = 0; i < count; i++) {
            int from = (int) (i * size);
            int to = (int) Math.min(elements.size(), from + size);
            chunks.add(list(elements.subList(from, to)));
        }
        return GoSlice.of(GoType.LIST, chunks);
    }
}
