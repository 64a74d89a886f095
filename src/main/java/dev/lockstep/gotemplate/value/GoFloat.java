package dev.lockstep.gotemplate.value;

public record GoFloat(double value, GoType type) implements GoValue {

    /** Of Go's type float64. */
    public static GoFloat of(double value) {
        return new GoFloat(value, GoType.FLOAT64);
    }

    @Override
    public boolean isTrue() {
        return value != 0;
    }

    @Override
    public String toString() {
        return "GoFloat[" + type + "]";
    }
}
