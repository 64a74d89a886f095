package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.TemplateFailure.Cause;
import dev.lockstep.gotemplate.parse.Calls;
import dev.lockstep.gotemplate.parse.Node;
import dev.lockstep.gotemplate.parse.Node.Sequence;
import dev.lockstep.gotemplate.parse.Parser;
import dev.lockstep.gotemplate.parse.Parser.Trees;
import dev.lockstep.gotemplate.parse.SyntaxException;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;
import org.jspecify.annotations.Nullable;

/** A parsed template. Immutable: it may be run by several threads. */
public final class Template {
    private static final int BYTES_PER_TOKEN = 100;

    private final String name;
    private final String source;
    private final Trees trees;
    private final Functions functions;
    private final boolean variesByRun;

    private Template(String name, String source, Trees trees, Functions functions) {
        this.name = name;
        this.source = source;
        this.trees = trees;
        this.functions = functions;
        this.variesByRun =
                trees.byName().values().stream()
                        .flatMap(tree -> Calls.in(tree).stream())
                        .map(functions::find)
                        .anyMatch(function -> function != null && function.variesByRun());
    }

    /**
     * @param name for messages
     * @param functions all that it may call, Go's own included
     */
    public static Template parse(String name, GoString text, Functions functions)
            throws TemplateException {
        var rawName = GoString.toRaw(name);
        try {
            var trees = Parser.parse(rawName, text.raw(), functions.names());
            return new Template(rawName, text.raw(), trees, functions);
        } catch (SyntaxException e) {
            throw new TemplateException(
                    new TemplateFailure(
                            e.isBeyondLimits() ? Cause.LIMIT : Cause.SYNTAX,
                            name,
                            e.line(),
                            -1,
                            "",
                            GoString.toText(e.getMessage()),
                            GoString.ofRaw(
                                    "template: %s:%d: %s"
                                            .formatted(rawName, e.line(), e.getMessage()))));
        }
    }

    public static Template parse(String name, String text, Functions functions)
            throws TemplateException {
        return parse(name, GoString.of(text), functions);
    }

    /**
     * @param root what the dot is at first; a key that it lacks is a failure
     */
    public GoString execute(GoMap root, ExecutionContext context) throws TemplateException {
        return new Execution(this, new Run(context)).run(root);
    }

    /** Whether it calls a function whose result depends on time or randomness. */
    public boolean variesByRun() {
        return variesByRun;
    }

    public String name() {
        return GoString.toText(name);
    }

    /** Raw. */
    String rawName() {
        return name;
    }

    /** The template of this name, raw, among those defined here. */
    @Nullable Sequence tree(String defined) {
        return trees.byName().get(defined);
    }

    /** Bytes that it holds, roughly. */
    int weight() {
        return source.length() + BYTES_PER_TOKEN * trees.tokens();
    }

    Functions functions() {
        return functions;
    }

    /** Counted from 1. */
    int line(Node node) {
        int line = 1;
        for (int i = source.indexOf('\n'); i >= 0 && i < node.position(); ) {
            line++;
            i = source.indexOf('\n', i + 1);
        }
        return line;
    }

    /** In bytes, counted from 0. */
    int column(Node node) {
        return node.position() - 1 - source.lastIndexOf('\n', node.position() - 1);
    }
}
