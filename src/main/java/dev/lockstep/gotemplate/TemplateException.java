package dev.lockstep.gotemplate;

/** A {@link TemplateFailure} on its way up. Nothing else escapes parsing and rendering. */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient TemplateFailure failure;

    TemplateException(TemplateFailure failure) {
        super(failure.message());
        this.failure = failure;
    }

    public TemplateFailure failure() {
        return failure;
    }
}
