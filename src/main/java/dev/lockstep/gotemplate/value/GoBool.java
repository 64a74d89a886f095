package dev.lockstep.gotemplate.value;

public record GoBool(boolean value) implements GoValue {
    public static final GoBool TRUE = new GoBool(true);
    public static final GoBool FALSE = new GoBool(false);

    public static GoBool of(boolean value) {
        return value ? TRUE : FALSE;
    }

    @Override
    public GoType type() {
        return GoType.BOOL;
    }

    @Override
    public boolean isTrue() {
        return value;
    }

    @Override
    public String toString() {
        return "GoBool";
    }
}
