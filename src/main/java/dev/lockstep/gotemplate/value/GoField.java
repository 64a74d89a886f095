package dev.lockstep.gotemplate.value;

import java.util.function.Function;

/**
 * An exported field of a struct.
 *
 * @param read takes it from the object's payload
 */
public record GoField(String name, Function<Object, GoValue> read) {}
