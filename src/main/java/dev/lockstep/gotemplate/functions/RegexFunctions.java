package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.functions.Values.truth;
import static dev.lockstep.gotemplate.value.GoType.INT;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import java.util.ArrayList;
import java.util.List;

/** Sprig's functions of regular expressions, which are RE2's. */
final class RegexFunctions {
    private RegexFunctions() {}

    private interface Replacing {
        String in(Regex regex, String text, String replacement) throws FunctionException;
    }

    static List<TemplateFunction> all() {
        var all = new ArrayList<TemplateFunction>();
        all.add(
                TemplateFunction.named("regexMatch")
                        .takes(STRING, STRING)
                        .does((in, run) -> truth(matchesOrNot(run, in))));
        all.add(
                TemplateFunction.named("mustRegexMatch")
                        .takes(STRING, STRING)
                        .does((in, run) -> truth(matches(run, in))));
        both(
                all,
                "regexFind",
                "mustRegexFind",
                TemplateFunction.named("")
                        .takes(STRING, STRING)
                        .does((in, run) -> Values.string(regex(run, in).find(raw(in, 1)))));
        both(
                all,
                "regexFindAll",
                "mustRegexFindAll",
                TemplateFunction.named("")
                        .takes(STRING, STRING, INT)
                        .does((in, run) -> findAll(run, in)));
        both(
                all,
                "regexSplit",
                "mustRegexSplit",
                TemplateFunction.named("")
                        .takes(STRING, STRING, INT)
                        .does((in, run) -> split(run, in)));
        both(all, "regexReplaceAll", "mustRegexReplaceAll", replacing(Regex::replaceAll));
        both(
                all,
                "regexReplaceAllLiteral",
                "mustRegexReplaceAllLiteral",
                replacing(Regex::replaceAllLiteral));
        all.add(
                TemplateFunction.named("regexQuoteMeta")
                        .takes(STRING)
                        .does((in, run) -> Values.string(Regex.quote(raw(in, 0)))));
        return all;
    }

    private static void both(
            List<TemplateFunction> all, String name, String must, TemplateFunction function) {
        all.add(function.alias(name));
        all.add(function.alias(must));
    }

    private static TemplateFunction replacing(Replacing replacing) {
        return TemplateFunction.named("")
                .takes(STRING, STRING, STRING)
                .does(
                        (in, run) ->
                                Values.string(
                                        replacing.in(regex(run, in), raw(in, 1), raw(in, 2))));
    }

    private static Regex regex(Run run, Arguments in) throws FunctionException {
        return Regex.compile(run, raw(in, 0));
    }

    private static boolean matches(Run run, Arguments in) throws FunctionException {
        return regex(run, in).matches(raw(in, 1));
    }

    private static boolean matchesOrNot(Run run, Arguments in) {
        try {
            return matches(run, in);
        } catch (FunctionException malformed) {
            return false;
        }
    }

    private static GoValue findAll(Run run, Arguments in) throws FunctionException {
        var found = regex(run, in).findAll(raw(in, 1), in.integer(2));
        return found.isEmpty() ? GoSlice.nil(GoType.STRINGS) : Values.strings(found);
    }

    private static GoValue split(Run run, Arguments in) throws FunctionException {
        var regex = regex(run, in);
        long most = in.integer(2);
        return most == 0
                ? GoSlice.nil(GoType.STRINGS)
                : Values.strings(regex.split(raw(in, 1), most));
    }

    private static String raw(Arguments in, int index) {
        return in.string(index).raw();
    }
}
