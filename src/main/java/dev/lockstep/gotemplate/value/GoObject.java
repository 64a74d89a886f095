package dev.lockstep.gotemplate.value;

/**
 * A struct or a pointer to one, of which a template sees what its type declares: a time, a version,
 * a certificate.
 *
 * @param payload what methods and fields read
 */
public record GoObject(GoType type, Object payload) implements GoValue {

    @Override
    public boolean isTrue() {
        return true;
    }

    @Override
    public String toString() {
        return "GoObject[" + type + "]";
    }
}
