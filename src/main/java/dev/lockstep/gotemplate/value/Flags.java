package dev.lockstep.gotemplate.value;

/** What stands between % and verb. Changed as a directive is read and carried out. */
final class Flags {
    static final int NONE = -1;

    boolean minus;
    boolean plus;
    boolean sharp;
    boolean space;
    boolean zero;

    /** Of {@code %+v}: names of fields. */
    boolean plusV;

    /** Of {@code %#v}: Go's syntax. */
    boolean sharpV;

    int width = NONE;
    int precision = NONE;

    boolean hasWidth() {
        return width != NONE;
    }

    boolean hasPrecision() {
        return precision != NONE;
    }

    /** For the verb v, plus and sharp have another meaning. */
    void forV() {
        sharpV = sharp;
        sharp = false;
        plusV = plus;
        plus = false;
    }
}
