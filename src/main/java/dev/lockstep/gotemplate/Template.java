package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;

/** A parsed template. Immutable: it may be run by several threads. */
public final class Template {
    private final String name;

    private Template(String name) {
        this.name = name;
    }

    /**
     * @param name for messages
     * @param functions all that it may call, Go's own included
     */
    public static Template parse(String name, GoString text, Functions functions)
            throws TemplateException {
        throw new UnsupportedOperationException("the parser comes next");
    }

    public static Template parse(String name, String text, Functions functions)
            throws TemplateException {
        return parse(name, GoString.of(text), functions);
    }

    /**
     * @param root what the dot is at first; a key that it lacks is a failure
     */
    public GoString execute(GoMap root, ExecutionContext context) throws TemplateException {
        throw new UnsupportedOperationException("execution comes next");
    }

    /** Whether it calls a function whose result depends on time or randomness. */
    public boolean variesByRun() {
        return false;
    }

    public String name() {
        return name;
    }
}
