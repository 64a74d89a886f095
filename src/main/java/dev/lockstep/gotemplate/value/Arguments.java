package dev.lockstep.gotemplate.value;

import java.util.List;

/** Arguments of a call, of the types that the signature says; variadic ones one by one. */
public record Arguments(List<GoValue> values) {

    public int size() {
        return values.size();
    }

    public GoValue get(int index) {
        return values.get(index);
    }

    public GoString string(int index) {
        return (GoString) get(index);
    }

    /** Of any integer type. */
    public long integer(int index) {
        return ((GoInt) get(index)).value();
    }

    public double number(int index) {
        return ((GoFloat) get(index)).value();
    }

    public boolean truth(int index) {
        return ((GoBool) get(index)).value();
    }

    public GoSlice slice(int index) {
        return (GoSlice) get(index);
    }

    public GoMap map(int index) {
        return (GoMap) get(index);
    }

    public List<GoValue> from(int index) {
        return values.subList(index, values.size());
    }

    @Override
    public String toString() {
        return "Arguments[" + size() + "]";
    }
}
