package dev.lockstep.gotemplate.value;

import java.util.List;

/**
 * @param type of the slice, such as {@link GoType#LIST}
 * @param elements shared where Go shares them; whoever makes a slice says whether they can be set
 * @param isNil Go's nil slice, which JSON writes as null; it has no elements
 */
public record GoSlice(GoType type, List<GoValue> elements, boolean isNil) implements GoValue {

    /** A {@code []interface {}}. */
    public static GoSlice list(List<? extends GoValue> elements) {
        return of(GoType.ANY, elements);
    }

    public static GoSlice strings(List<GoString> elements) {
        return of(GoType.STRING, elements);
    }

    public static GoSlice of(GoType element, List<? extends GoValue> elements) {
        return new GoSlice(GoType.slice(element), List.copyOf(elements), false);
    }

    public static GoSlice nil(GoType type) {
        return new GoSlice(type, List.of(), true);
    }

    public int length() {
        return elements.size();
    }

    @Override
    public boolean isTrue() {
        return !elements.isEmpty();
    }

    @Override
    public String toString() {
        return "GoSlice[" + type + ", " + elements.size() + " elements]";
    }
}
