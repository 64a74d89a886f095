package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.functions.Values.string;
import static dev.lockstep.gotemplate.functions.Values.strings;
import static dev.lockstep.gotemplate.functions.Values.truth;
import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.INT;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.Fmt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.Quoting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sprig's functions of strings. */
final class StringFunctions {
    private StringFunctions() {}

    static List<TemplateFunction> all() {
        var all = new ArrayList<TemplateFunction>();
        all.addAll(letters());
        all.addAll(cutting());
        all.addAll(comparing());
        all.addAll(joining());
        return all;
    }

    private static List<TemplateFunction> letters() {
        return List.of(
                TemplateFunction.named("hello").does((in, run) -> string("Hello!")),
                mapping("trim", Letters::trimSpace),
                mapping("upper", Letters::upper),
                mapping("lower", Letters::lower),
                mapping("title", Letters::title),
                mapping("untitle", Letters::untitle),
                mapping("swapcase", Letters::swapCase),
                mapping("nospace", Texts::withoutSpace),
                mapping("initials", Texts::initials),
                mapping("camelcase", WordCases::camel),
                mapping("snakecase", text -> WordCases.lower(text, '_')),
                mapping("kebabcase", text -> WordCases.lower(text, '-')));
    }

    private static List<TemplateFunction> cutting() {
        var trimAll =
                TemplateFunction.named("trimAll")
                        .takes(STRING, STRING)
                        .does((in, run) -> string(Letters.trim(raw(in, 1), raw(in, 0))));
        return List.of(
                TemplateFunction.named("abbrev")
                        .takes(INT, STRING)
                        .does((in, run) -> string(abbrev(in))),
                TemplateFunction.named("abbrevboth")
                        .takes(INT, INT, STRING)
                        .does((in, run) -> string(abbrevBoth(in))),
                TemplateFunction.named("trunc")
                        .takes(INT, STRING)
                        .does((in, run) -> string(Texts.truncate(raw(in, 1), in.integer(0)))),
                TemplateFunction.named("substr")
                        .takes(INT, INT, STRING)
                        .does(
                                (in, run) ->
                                        string(
                                                Texts.substring(
                                                        raw(in, 2), in.integer(0), in.integer(1)))),
                trimAll,
                trimAll.alias("trimall"),
                TemplateFunction.named("trimPrefix")
                        .takes(STRING, STRING)
                        .does((in, run) -> string(trimPrefix(raw(in, 1), raw(in, 0)))),
                TemplateFunction.named("trimSuffix")
                        .takes(STRING, STRING)
                        .does((in, run) -> string(trimSuffix(raw(in, 1), raw(in, 0)))),
                TemplateFunction.named("wrap")
                        .takes(INT, STRING)
                        .does(
                                (in, run) ->
                                        string(
                                                Texts.wrap(
                                                        run,
                                                        raw(in, 1),
                                                        in.integer(0),
                                                        "",
                                                        false))),
                TemplateFunction.named("wrapWith")
                        .takes(INT, STRING, STRING)
                        .does(
                                (in, run) ->
                                        string(
                                                Texts.wrap(
                                                        run,
                                                        raw(in, 2),
                                                        in.integer(0),
                                                        raw(in, 1),
                                                        true))));
    }

    private static List<TemplateFunction> comparing() {
        return List.of(
                TemplateFunction.named("contains")
                        .takes(STRING, STRING)
                        .does((in, run) -> truth(raw(in, 1).contains(raw(in, 0)))),
                TemplateFunction.named("hasPrefix")
                        .takes(STRING, STRING)
                        .does((in, run) -> truth(raw(in, 1).startsWith(raw(in, 0)))),
                TemplateFunction.named("hasSuffix")
                        .takes(STRING, STRING)
                        .does((in, run) -> truth(raw(in, 1).endsWith(raw(in, 0)))),
                TemplateFunction.named("plural")
                        .takes(STRING, STRING, INT)
                        .does((in, run) -> in.integer(2) == 1 ? in.get(0) : in.get(1)));
    }

    private static List<TemplateFunction> joining() {
        return List.of(
                TemplateFunction.named("repeat")
                        .takes(INT, STRING)
                        .does((in, run) -> string(Texts.repeat(run, raw(in, 1), in.integer(0)))),
                TemplateFunction.named("replace")
                        .takes(STRING, STRING, STRING)
                        .does(
                                (in, run) ->
                                        string(
                                                Texts.replace(
                                                        run, raw(in, 2), raw(in, 0), raw(in, 1)))),
                TemplateFunction.named("indent")
                        .takes(INT, STRING)
                        .does((in, run) -> string(Texts.indent(run, raw(in, 1), in.integer(0)))),
                TemplateFunction.named("nindent")
                        .takes(INT, STRING)
                        .does(
                                (in, run) ->
                                        string(
                                                "\n"
                                                        + Texts.indent(
                                                                run, raw(in, 1), in.integer(0)))),
                TemplateFunction.named("quote")
                        .takesVariadic(ANY)
                        .does((in, run) -> string(quoted(in, run))),
                TemplateFunction.named("squote")
                        .takesVariadic(ANY)
                        .does((in, run) -> string(singleQuoted(in, run))),
                TemplateFunction.named("cat")
                        .takesVariadic(ANY)
                        .does((in, run) -> string(Texts.join(run, printed(in, run), " "))),
                TemplateFunction.named("toString")
                        .takes(ANY)
                        .does((in, run) -> string(Values.text(run, in.get(0)))),
                TemplateFunction.named("toStrings")
                        .takes(ANY)
                        .does((in, run) -> strings(Values.texts(run, in.get(0)))),
                TemplateFunction.named("join")
                        .takes(STRING, ANY)
                        .does(
                                (in, run) ->
                                        string(
                                                Texts.join(
                                                        run,
                                                        Values.texts(run, in.get(1)),
                                                        raw(in, 0)))),
                TemplateFunction.named("sortAlpha").takes(ANY).does((in, run) -> sorted(in, run)),
                TemplateFunction.named("split")
                        .takes(STRING, STRING)
                        .does((in, run) -> numbered(Texts.split(run, raw(in, 1), raw(in, 0), -1))),
                TemplateFunction.named("splitn")
                        .takes(STRING, INT, STRING)
                        .does(
                                (in, run) ->
                                        numbered(
                                                Texts.split(
                                                        run,
                                                        raw(in, 2),
                                                        raw(in, 0),
                                                        in.integer(1)))),
                TemplateFunction.named("splitList")
                        .takes(STRING, STRING)
                        .does((in, run) -> strings(Texts.split(run, raw(in, 1), raw(in, 0), -1))));
    }

    private static TemplateFunction mapping(String name, UnaryOperator<String> mapping) {
        return TemplateFunction.named(name)
                .takes(STRING)
                .does((in, run) -> string(mapping.apply(raw(in, 0))));
    }

    private static String raw(Arguments in, int index) {
        return in.string(index).raw();
    }

    private static String abbrev(Arguments in) {
        long width = in.integer(0);
        var text = raw(in, 1);
        return width < 4 ? text : Texts.abbreviate(text, 0, width);
    }

    private static String abbrevBoth(Arguments in) {
        long left = in.integer(0);
        long right = in.integer(1);
        var text = raw(in, 2);
        return right < 4 || left > 0 && right < 7 ? text : Texts.abbreviate(text, left, right);
    }

    private static String trimPrefix(String text, String prefix) {
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static String trimSuffix(String text, String suffix) {
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static String quoted(Arguments in, Run run) {
        var parts = new ArrayList<String>();
        for (var value : in.values()) {
            if (!Values.isNil(value)) {
                parts.add(Quoting.quote(Values.text(run, value)));
            }
        }
        return Texts.join(run, parts, " ");
    }

    private static String singleQuoted(Arguments in, Run run) {
        var parts = new ArrayList<String>();
        for (var value : printed(in, run)) {
            parts.add("'" + value + "'");
        }
        return Texts.join(run, parts, " ");
    }

    private static List<String> printed(Arguments in, Run run) {
        var parts = new ArrayList<String>();
        for (var value : in.values()) {
            if (!Values.isNil(value)) {
                parts.add(Fmt.print(run, value).raw());
            }
        }
        return parts;
    }

    private static GoSlice sorted(Arguments in, Run run) {
        if (!(in.get(0) instanceof GoSlice)) {
            return strings(List.of(Values.text(run, in.get(0))));
        }
        var texts = Values.texts(run, in.get(0));
        run.work(texts.size());
        return strings(texts.stream().sorted().toList());
    }

    /** A {@code map[string]string} with the keys _0, _1 and so on. */
    private static GoMap numbered(List<String> parts) {
        var map = GoMap.empty(GoType.STRING_MAP);
        for (int i = 0; i < parts.size(); i++) {
            map.put(GoString.of("_" + i), string(parts.get(i)));
        }
        return map;
    }
}
