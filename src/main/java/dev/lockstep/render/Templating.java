package dev.lockstep.render;

import dev.lockstep.gotemplate.ExecutionContext;
import dev.lockstep.gotemplate.Limits;
import dev.lockstep.gotemplate.Template;
import dev.lockstep.gotemplate.TemplateException;
import dev.lockstep.gotemplate.TemplateFailure;
import dev.lockstep.gotemplate.Templates;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.render.RenderFailure.TemplateFailed;
import java.time.Duration;

/**
 * The templates of one sync, which share an instant, a source of randomness, and what they may use
 * of time and memory.
 */
public final class Templating {
    /** Far more than fits into a Secret. */
    private static final int LARGEST_TOGETHER = 8 << 20;

    private final Templates templates;
    private final ExecutionContext context;
    private final long start;
    private int left = LARGEST_TOGETHER;

    /**
     * @param context its limits are those of a single template, and of the time that all take
     */
    public Templating(Templates templates, ExecutionContext context) {
        this.templates = templates;
        this.context = context;
        this.start = context.nanoTime().getAsLong();
    }

    /** What the template makes of the values. */
    GoString render(TemplateText text, GoMap values) throws RenderException {
        var template = parse(templates, text);
        try {
            var made = template.execute(values, inTime(text));
            left -= made.length();
            if (left < 0) {
                throw failure(
                        text, "all templates together make more than %,d bytes", LARGEST_TOGETHER);
            }
            return made;
        } catch (TemplateException e) {
            throw failure(text, e.failure());
        }
    }

    private ExecutionContext inTime(TemplateText text) throws RenderException {
        var limits = context.limits();
        var taken = Duration.ofNanos(context.nanoTime().getAsLong() - start);
        var rest = limits.time().minus(taken);
        if (rest.isNegative()) {
            throw failure(
                    text,
                    "all templates together take longer than %d ms",
                    limits.time().toMillis());
        }
        return new ExecutionContext(
                context.now(),
                context.random(),
                context.nanoTime(),
                new Limits(limits.steps(), limits.bytes(), limits.depth(), rest));
    }

    static Template parse(Templates templates, TemplateText text) throws RenderException {
        try {
            return text.confidential()
                    ? templates.parseOnce(text.name(), text.text())
                    : templates.parse(text.name(), text.text());
        } catch (TemplateException e) {
            throw failure(text, e.failure());
        }
    }

    private static RenderException failure(TemplateText text, String detail, Object argument) {
        return new RenderException(new TemplateFailed(text.path(), detail.formatted(argument)));
    }

    /** A template that a Secret holds is itself a value: what stands there is not told. */
    private static RenderException failure(TemplateText text, TemplateFailure failure) {
        if (!text.confidential()) {
            return new RenderException(new TemplateFailed(text.path(), failure.message()));
        }
        var where =
                failure.column() < 0
                        ? "line %d".formatted(failure.line())
                        : "line %d, column %d".formatted(failure.line(), failure.column());
        var what =
                switch (failure.cause()) {
                    case SYNTAX -> "is no template";
                    case EXECUTION -> "does not fit the values";
                    case LIMIT -> "uses more time or memory than a template may";
                };
        return new RenderException(
                new TemplateFailed(
                        text.path(),
                        "the text of key %s %s at %s, which is not shown because a Secret holds it"
                                .formatted(Printable.of(text.name()), what, where)));
    }
}
