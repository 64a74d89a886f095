package dev.lockstep.gotemplate.value;

/**
 * An integer of any of Go's types, named ones such as time.Duration included.
 *
 * @param value in range of its type; of an unsigned type, the bits
 */
public record GoInt(long value, GoType type) implements GoValue {

    /** Of Go's type int. */
    public static GoInt of(long value) {
        return new GoInt(value, GoType.INT);
    }

    public static GoInt int64(long value) {
        return new GoInt(value, GoType.INT64);
    }

    public static GoInt uint8(int value) {
        return new GoInt(value & 0xff, GoType.UINT8);
    }

    public boolean isUnsigned() {
        return type.kind().isUnsigned();
    }

    @Override
    public boolean isTrue() {
        return value != 0;
    }

    @Override
    public String toString() {
        return "GoInt[" + type + "]";
    }
}
