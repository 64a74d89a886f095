package dev.lockstep.gotemplate.value;

/** A method that templates may call, with arguments of the types that its signature says. */
public record GoMethod(String name, Signature signature, Body body) {

    @FunctionalInterface
    public interface Body {
        GoValue call(GoValue receiver, Arguments in) throws FunctionException;
    }

    public static GoMethod of(String name, Signature signature, Body body) {
        return new GoMethod(name, signature, body);
    }

    /** Without parameters. */
    public static GoMethod getter(String name, Body body) {
        return new GoMethod(name, Signature.of(), body);
    }
}
