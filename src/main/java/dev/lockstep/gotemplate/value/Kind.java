package dev.lockstep.gotemplate.value;

/** Go's reflect.Kind, as far as templates meet it. */
public enum Kind {
    BOOL,
    INT(64),
    INT8(8),
    INT16(16),
    INT32(32),
    INT64(64),
    UINT(64),
    UINT8(8),
    UINT16(16),
    UINT32(32),
    UINT64(64),
    FLOAT32(32),
    FLOAT64(64),
    COMPLEX128(128),
    STRING,
    SLICE,
    MAP,
    STRUCT,
    POINTER,
    INTERFACE;

    private final int bits;

    Kind() {
        this(0);
    }

    Kind(int bits) {
        this.bits = bits;
    }

    /** Of numbers; 0 for all else. */
    public int bits() {
        return bits;
    }

    public boolean isSigned() {
        return compareTo(INT) >= 0 && compareTo(INT64) <= 0;
    }

    public boolean isUnsigned() {
        return compareTo(UINT) >= 0 && compareTo(UINT64) <= 0;
    }

    public boolean isInteger() {
        return isSigned() || isUnsigned();
    }

    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT64;
    }

    /** What reflect.Kind prints: {@code int64}, {@code map}, {@code ptr}. */
    public String goName() {
        return this == POINTER ? "ptr" : name().toLowerCase(java.util.Locale.ROOT);
    }
}
