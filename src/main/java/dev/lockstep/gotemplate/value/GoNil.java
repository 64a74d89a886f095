package dev.lockstep.gotemplate.value;

/** The two kinds of nothing. Nil slices and maps are a {@link GoSlice} and {@link GoMap}. */
public enum GoNil implements GoValue {
    /** A value that is not there, reflect's invalid one: prints {@code <no value>}. */
    NO_VALUE,

    /** A nil interface, such as JSON's null: prints {@code <nil>}. */
    INTERFACE;

    @Override
    public GoType type() {
        return GoType.ANY;
    }

    @Override
    public boolean isTrue() {
        return false;
    }
}
