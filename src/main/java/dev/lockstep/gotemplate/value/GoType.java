package dev.lockstep.gotemplate.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A type of Go's. Two are the same when Go prints them alike. Types with methods or fields are
 * declared once, as constants beside the functions that make their values.
 */
public final class GoType {
    public static final GoType BOOL = basic("bool", Kind.BOOL);
    public static final GoType INT = basic("int", Kind.INT);
    public static final GoType INT8 = basic("int8", Kind.INT8);
    public static final GoType INT16 = basic("int16", Kind.INT16);

    /** Also Go's rune. */
    public static final GoType INT32 = basic("int32", Kind.INT32);

    public static final GoType INT64 = basic("int64", Kind.INT64);
    public static final GoType UINT = basic("uint", Kind.UINT);

    /** Also Go's byte: what indexing a string yields. */
    public static final GoType UINT8 = basic("uint8", Kind.UINT8);

    public static final GoType UINT16 = basic("uint16", Kind.UINT16);
    public static final GoType UINT32 = basic("uint32", Kind.UINT32);
    public static final GoType UINT64 = basic("uint64", Kind.UINT64);
    public static final GoType FLOAT32 = basic("float32", Kind.FLOAT32);
    public static final GoType FLOAT64 = basic("float64", Kind.FLOAT64);
    public static final GoType COMPLEX128 = basic("complex128", Kind.COMPLEX128);
    public static final GoType STRING = basic("string", Kind.STRING);

    /** The empty interface: as a parameter it takes every value, as an element it holds any. */
    public static final GoType ANY = basic("interface {}", Kind.INTERFACE);

    /**
     * A parameter that Go declares as reflect.Value, as its builtins do. Like {@link #ANY}, but the
     * body is given {@link GoNil#NO_VALUE} as it is, not as a nil interface.
     */
    public static final GoType REFLECT_VALUE = basic("reflect.Value", Kind.STRUCT);

    public static final GoType STRINGS = slice(STRING);
    public static final GoType BYTES = slice(UINT8);

    /** {@code []interface {}}, what Sprig's list makes. */
    public static final GoType LIST = slice(ANY);

    /** {@code map[string]interface {}}, what Sprig's dict makes. */
    public static final GoType DICT = map(ANY);

    public static final GoType STRING_MAP = map(STRING);

    private final String name;
    private final Kind kind;
    private final @Nullable GoType element;
    private final Supplier<? extends Collection<GoMethod>> declaredMethods;
    private final Supplier<? extends Collection<GoField>> declaredFields;
    // Found on first use, because types name each other in their methods.
    private volatile @Nullable Map<String, GoMethod> methods;
    private volatile @Nullable Map<String, GoField> fields;

    private GoType(
            String name,
            Kind kind,
            @Nullable GoType element,
            Supplier<? extends Collection<GoMethod>> methods,
            Supplier<? extends Collection<GoField>> fields) {
        this.name = name;
        this.kind = kind;
        this.element = element;
        this.declaredMethods = methods;
        this.declaredFields = fields;
    }

    private static GoType basic(String name, Kind kind) {
        return new GoType(name, kind, null, List::of, List::of);
    }

    public static GoType slice(GoType element) {
        return new GoType("[]" + element.name, Kind.SLICE, element, List::of, List::of);
    }

    /** With strings as keys: no function of ours makes another map. */
    public static GoType map(GoType element) {
        return new GoType("map[string]" + element.name, Kind.MAP, element, List::of, List::of);
    }

    /**
     * A named type such as time.Duration, whose values are numbers, strings and so on of that kind.
     */
    public static GoType named(
            String name, Kind kind, Supplier<? extends Collection<GoMethod>> methods) {
        return new GoType(name, kind, null, methods, List::of);
    }

    /**
     * A struct, or with {@link Kind#POINTER} a pointer to one, whose values are {@link GoObject}s.
     *
     * @param name as Go prints it: {@code time.Time}, {@code *semver.Version}
     */
    public static GoType object(
            String name,
            Kind kind,
            Supplier<? extends Collection<GoMethod>> methods,
            Supplier<? extends Collection<GoField>> fields) {
        return new GoType(name, kind, null, methods, fields);
    }

    public Kind kind() {
        return kind;
    }

    /** Of a slice or map. */
    public GoType element() {
        if (element == null) {
            throw new IllegalStateException(name + " has no elements");
        }
        return element;
    }

    public Map<String, GoMethod> methods() {
        var known = methods;
        if (known == null) {
            known =
                    declaredMethods.get().stream()
                            .collect(Collectors.toUnmodifiableMap(GoMethod::name, m -> m));
            methods = known;
        }
        return known;
    }

    /** In the order of their declaration. */
    public Map<String, GoField> fields() {
        var known = fields;
        if (known == null) {
            known = new LinkedHashMap<>();
            for (var field : declaredFields.get()) {
                known.put(field.name(), field);
            }
            fields = known;
        }
        return known;
    }

    /** Whether a variable of the other type can hold a value of this. */
    public boolean isAssignableTo(GoType other) {
        return other.equals(ANY) || equals(other);
    }

    /** Whether {@code nil} is a value of it. */
    public boolean canBeNil() {
        return kind == Kind.INTERFACE
                || kind == Kind.MAP
                || kind == Kind.POINTER
                || kind == Kind.SLICE
                || equals(REFLECT_VALUE);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof GoType that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** As Go prints it. */
    @Override
    public String toString() {
        return name;
    }
}
