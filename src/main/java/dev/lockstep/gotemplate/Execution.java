package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.TemplateFailure.Cause;
import dev.lockstep.gotemplate.parse.Node;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.Quoting;

/** One run of a template: output, what it has used up, and how it fails. */
final class Execution {
    private final Template template;
    private final Run run;
    private final StringBuilder out = new StringBuilder();

    Execution(Template template, Run run) {
        this.template = template;
        this.run = run;
    }

    GoString run(GoMap root) throws TemplateException {
        var name = template.rawName();
        var tree = template.tree(name);
        if (tree == null) {
            throw new IllegalStateException("a template has a tree of its own name");
        }
        new Frame(this, name, root).walk(tree);
        return GoString.ofRaw(out.toString());
    }

    Template template() {
        return template;
    }

    Run run() {
        return run;
    }

    void write(String raw) {
        run.allocate(raw.length());
        out.append(raw);
    }

    /**
     * @param detail raw, without values
     * @param goDetail raw, as Go says it
     */
    TemplateException failure(Cause cause, String frame, Node at, String detail, String goDetail) {
        int line = template.line(at);
        int column = template.column(at);
        var node = at.source();
        var goText =
                "template: %s:%d:%d: executing %s at <%s>: %s"
                        .formatted(
                                template.rawName(),
                                line,
                                column,
                                Quoting.quote(frame),
                                node,
                                goDetail);
        return new TemplateException(
                new TemplateFailure(
                        cause,
                        GoString.toText(frame),
                        line,
                        column,
                        GoString.toText(node),
                        GoString.toText(detail),
                        GoString.ofRaw(goText)));
    }
}
