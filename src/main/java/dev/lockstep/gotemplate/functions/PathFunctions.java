package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.TemplateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sprig's functions of paths; those called os… say the same on Linux. */
final class PathFunctions {
    private PathFunctions() {}

    static List<TemplateFunction> all() {
        var isAbs =
                TemplateFunction.named("isAbs")
                        .takes(STRING)
                        .does((in, run) -> Values.truth(in.string(0).raw().startsWith("/")));
        var all = new ArrayList<TemplateFunction>();
        both(all, "base", "osBase", PathFunctions::base);
        both(all, "dir", "osDir", PathFunctions::dir);
        both(all, "clean", "osClean", PathFunctions::clean);
        both(all, "ext", "osExt", PathFunctions::ext);
        all.add(isAbs);
        all.add(isAbs.alias("osIsAbs"));
        return all;
    }

    private static void both(
            List<TemplateFunction> all, String name, String os, UnaryOperator<String> function) {
        var named =
                TemplateFunction.named(name)
                        .takes(STRING)
                        .does((in, run) -> Values.string(function.apply(in.string(0).raw())));
        all.add(named);
        all.add(named.alias(os));
    }

    private static String base(String path) {
        if (path.isEmpty()) {
            return ".";
        }
        int end = path.length();
        while (end > 0 && path.charAt(end - 1) == '/') {
            end--;
        }
        return end == 0 ? "/" : path.substring(path.lastIndexOf('/', end - 1) + 1, end);
    }

    private static String dir(String path) {
        return clean(path.substring(0, path.lastIndexOf('/') + 1));
    }

    private static String ext(String path) {
        int dot = path.lastIndexOf('.');
        return dot > path.lastIndexOf('/') ? path.substring(dot) : "";
    }

    /** The shortest that leads to the same place. */
    private static String clean(String path) {
        boolean rooted = path.startsWith("/");
        var kept = new ArrayList<String>();
        for (var step : path.split("/")) {
            if (step.isEmpty() || step.equals(".")) {
                continue;
            }
            boolean back = step.equals("..");
            boolean canGoBack = !kept.isEmpty() && !kept.get(kept.size() - 1).equals("..");
            if (back && canGoBack) {
                kept.remove(kept.size() - 1);
            } else if (!back || !rooted) {
                kept.add(step);
            }
        }
        var cleaned = (rooted ? "/" : "") + String.join("/", kept);
        return cleaned.isEmpty() ? "." : cleaned;
    }
}
