package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.functions.Values.truth;
import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.DICT;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sprig's functions of dicts. Keys and values come in the order of the keys; in Go's they come in
 * none.
 */
final class DictFunctions {
    private DictFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.named("dict").takesVariadic(ANY).does(DictFunctions::dict),
                TemplateFunction.named("get")
                        .takes(DICT, STRING)
                        .does((in, run) -> get(in.map(0), in.string(1))),
                TemplateFunction.named("set")
                        .takes(DICT, STRING, ANY)
                        .does((in, run) -> set(in.map(0), in.string(1), in.get(2))),
                TemplateFunction.named("unset")
                        .takes(DICT, STRING)
                        .does((in, run) -> unset(in.map(0), in.string(1))),
                TemplateFunction.named("hasKey")
                        .takes(DICT, STRING)
                        .does((in, run) -> truth(in.map(0).get(in.string(1)) != null)),
                TemplateFunction.named("pluck")
                        .takesVariadic(STRING, DICT)
                        .does((in, run) -> pluck(in)),
                TemplateFunction.named("keys").takesVariadic(DICT).does(DictFunctions::keys),
                TemplateFunction.named("values")
                        .takes(DICT)
                        .does((in, run) -> GoSlice.list(copy(in.map(0)))),
                TemplateFunction.named("pick")
                        .takesVariadic(DICT, STRING)
                        .does((in, run) -> pick(in)),
                TemplateFunction.named("omit")
                        .takesVariadic(DICT, STRING)
                        .does((in, run) -> omit(in)),
                TemplateFunction.named("dig").takesVariadic(ANY).does((in, run) -> dig(in)),
                merging("merge", false),
                merging("mustMerge", false),
                merging("mergeOverwrite", true),
                merging("mustMergeOverwrite", true),
                copying("deepCopy"),
                copying("mustDeepCopy"));
    }

    private static TemplateFunction merging(String name, boolean overwrite) {
        return TemplateFunction.named(name)
                .takesVariadic(DICT, DICT)
                .does((in, run) -> mergeAll(run, in, overwrite));
    }

    private static TemplateFunction copying(String name) {
        return TemplateFunction.named(name).takes(ANY).does((in, run) -> deepCopy(run, in.get(0)));
    }

    private static GoValue deepCopy(Run run, GoValue value) throws FunctionException {
        if (Values.isNil(value)) {
            throw new FunctionException("reflect: call of reflect.Value.Type on zero Value");
        }
        return Values.deepCopy(run, value);
    }

    private static GoValue dict(Arguments in, Run run) {
        var dict = GoMap.dict();
        for (int i = 0; i < in.size(); i += 2) {
            var key = GoString.ofRaw(Values.text(run, in.get(i)));
            dict.put(key, i + 1 < in.size() ? in.get(i + 1) : GoString.EMPTY);
        }
        return dict;
    }

    private static GoValue get(GoMap dict, GoString key) {
        var value = dict.get(key);
        return value == null ? GoString.EMPTY : value;
    }

    private static GoMap set(GoMap dict, GoString key, GoValue value) throws FunctionException {
        if (dict.isNil()) {
            throw new FunctionException("assignment to entry in nil map");
        }
        dict.put(key, value);
        return dict;
    }

    private static GoMap unset(GoMap dict, GoString key) {
        dict.remove(key);
        return dict;
    }

    private static GoValue pluck(Arguments in) {
        var found = new ArrayList<GoValue>();
        for (var dict : in.from(1)) {
            var value = ((GoMap) dict).get(in.string(0));
            if (value != null) {
                found.add(value);
            }
        }
        return GoSlice.list(found);
    }

    private static GoValue keys(Arguments in, Run run) {
        var keys = new ArrayList<GoString>();
        for (var dict : in.values()) {
            run.allocate(Values.size(dict));
            keys.addAll(((GoMap) dict).entries().keySet());
        }
        return GoSlice.strings(keys);
    }

    private static List<GoValue> copy(GoMap dict) {
        return new ArrayList<>(dict.entries().values());
    }

    private static GoValue pick(Arguments in) {
        var picked = GoMap.dict();
        for (var key : in.from(1)) {
            var value = in.map(0).get((GoString) key);
            if (value != null) {
                picked.put((GoString) key, value);
            }
        }
        return picked;
    }

    private static GoValue omit(Arguments in) {
        var omitted = new HashSet<>(in.from(1));
        var kept = GoMap.dict();
        in.map(0)
                .entries()
                .forEach(
                        (key, value) -> {
                            if (!omitted.contains(key)) {
                                kept.put(key, value);
                            }
                        });
        return kept;
    }

    private static GoValue dig(Arguments in) throws FunctionException {
        if (in.size() < 3) {
            throw new FunctionException("dig needs at least three arguments");
        }
        var step = in.get(in.size() - 1);
        for (var key : in.values().subList(0, in.size() - 2)) {
            if (!(key instanceof GoString)) {
                throw conversion(key, "string");
            }
        }
        for (var key : in.values().subList(0, in.size() - 2)) {
            if (!(step instanceof GoMap dict && dict.type().equals(DICT))) {
                throw conversion(step, DICT.toString());
            }
            var next = dict.get((GoString) key);
            if (next == null) {
                return in.get(in.size() - 2);
            }
            step = next;
        }
        return step;
    }

    private static FunctionException conversion(GoValue value, String wanted) {
        var type = Values.isNil(value) ? "nil" : value.type().toString();
        return new FunctionException(
                "interface conversion: interface {} is " + type + ", not " + wanted);
    }

    /** Into the first, which is changed. */
    private static GoValue mergeAll(Run run, Arguments in, boolean overwrite) {
        var target = in.map(0);
        for (var source : in.from(1)) {
            if (target.isNil() && !((GoMap) source).isNil()) {
                target = GoMap.dict();
            }
            merge(run, target, (GoMap) source, overwrite);
        }
        return target;
    }

    /** mergo's rules: what the target has stays, but for what is empty, unless overwriting. */
    private static void merge(Run run, GoMap target, GoMap source, boolean overwrite) {
        run.enter();
        // A dict merged into itself is not to be changed while it is walked.
        for (var entry : List.copyOf(source.entries().entrySet())) {
            run.work(1);
            var key = entry.getKey();
            var value = entry.getValue();
            var old = target.get(key);
            if (Values.isNil(value)) {
                if (overwrite) {
                    target.put(key, GoNil.INTERFACE);
                }
                continue;
            }
            boolean missing = isEmpty(old);
            if (value instanceof GoMap from && old instanceof GoMap into) {
                merge(run, into, from, overwrite);
                if (!missing) {
                    continue;
                }
            }
            if (overwrite || missing) {
                target.put(key, value);
            }
        }
        run.leave();
    }

    private static boolean isEmpty(@Nullable GoValue value) {
        return value == null || Values.isEmpty(value);
    }
}
