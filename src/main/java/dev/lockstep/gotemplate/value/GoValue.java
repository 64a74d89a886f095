package dev.lockstep.gotemplate.value;

/**
 * A value of Go's, as a template meets it. What an interface holds is the value itself: a {@code
 * []interface {}} has elements of any type, and a nil interface is {@link GoNil#INTERFACE}.
 */
public sealed interface GoValue
        permits GoString, GoInt, GoFloat, GoComplex, GoBool, GoNil, GoSlice, GoMap, GoObject {

    GoType type();

    /** As {@code if} takes it: not zero, not empty, not nil. */
    boolean isTrue();

    default Kind kind() {
        return type().kind();
    }
}
