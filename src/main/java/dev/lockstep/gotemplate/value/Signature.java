package dev.lockstep.gotemplate.value;

import java.util.List;

/**
 * What a function or method takes.
 *
 * @param parameters their Go types, for a variadic one the last being that of each further argument
 */
public record Signature(List<GoType> parameters, boolean variadic) {
    public Signature {
        parameters = List.copyOf(parameters);
    }

    public static Signature of(GoType... parameters) {
        return new Signature(List.of(parameters), false);
    }

    public static Signature variadic(GoType... parameters) {
        return new Signature(List.of(parameters), true);
    }

    /** How many arguments are needed at least. */
    public int fixed() {
        return parameters.size() - (variadic ? 1 : 0);
    }

    /** Of the argument at this index. */
    public GoType parameter(int index) {
        return parameters.get(Math.min(index, parameters.size() - 1));
    }
}
