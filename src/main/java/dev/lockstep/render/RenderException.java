package dev.lockstep.render;

/** A {@link RenderFailure} on its way up. Nothing else escapes a rendering. */
public final class RenderException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RenderFailure failure;

    RenderException(RenderFailure failure) {
        super(failure.reason() + ": " + failure.message());
        this.failure = failure;
    }

    public RenderFailure failure() {
        return failure;
    }
}
