package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Signature;

/**
 * A function that templates call by its name.
 *
 * @param variesByRun whether the same arguments give another result at the next run, by time or
 *     randomness
 */
public record TemplateFunction(String name, Signature signature, boolean variesByRun, Body body) {

    @FunctionalInterface
    public interface Body {
        /**
         * @param in of the types of the signature
         */
        GoValue call(Arguments in, Run run) throws FunctionException;
    }

    public static Declaration named(String name) {
        return new Declaration(name, Signature.of(), false);
    }

    /** The same function by another name. */
    public TemplateFunction alias(String other) {
        return new TemplateFunction(other, signature, variesByRun, body);
    }

    /** A function before it has a body. */
    public record Declaration(String name, Signature signature, boolean variesByRun) {

        public Declaration takes(GoType... parameters) {
            return new Declaration(name, Signature.of(parameters), variesByRun);
        }

        /** The last type is that of all further arguments. */
        public Declaration takesVariadic(GoType... parameters) {
            return new Declaration(name, Signature.variadic(parameters), variesByRun);
        }

        /** Depends on time or randomness. */
        public Declaration varyingByRun() {
            return new Declaration(name, signature, true);
        }

        public TemplateFunction does(Body body) {
            return new TemplateFunction(name, signature, variesByRun, body);
        }
    }
}
