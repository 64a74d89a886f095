package dev.lockstep.gotemplate.value;

/** Only imaginary literals make one. */
public record GoComplex(double real, double imaginary) implements GoValue {

    @Override
    public GoType type() {
        return GoType.COMPLEX128;
    }

    @Override
    public boolean isTrue() {
        return real != 0 || imaginary != 0;
    }

    @Override
    public String toString() {
        return "GoComplex";
    }
}
