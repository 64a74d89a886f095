package dev.lockstep.gotemplate.value;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A map from strings. Shared and changed in place, as Go's: Sprig's set changes the dict it is
 * given. Equal only to itself.
 */
public final class GoMap implements GoValue {
    private final GoType type;
    private final boolean isNil;
    private final SortedMap<GoString, GoValue> entries = new TreeMap<>();

    private GoMap(GoType type, boolean isNil) {
        this.type = type;
        this.isNil = isNil;
    }

    /** An empty {@code map[string]interface {}}. */
    public static GoMap dict() {
        return empty(GoType.DICT);
    }

    public static GoMap empty(GoType type) {
        return new GoMap(type, false);
    }

    /** Go's nil map, which JSON writes as null; nothing can be put into it. */
    public static GoMap nil(GoType type) {
        return new GoMap(type, true);
    }

    /** A {@code map[string]string}, as templates of a Secret get it. */
    public static GoMap ofBytes(Map<String, byte[]> values) {
        var map = empty(GoType.STRING_MAP);
        values.forEach((key, value) -> map.put(GoString.of(key), GoString.ofBytes(value)));
        return map;
    }

    public @Nullable GoValue get(GoString key) {
        return entries.get(key);
    }

    public void put(GoString key, GoValue value) {
        if (isNil) {
            throw new UnsupportedOperationException("assignment to entry in nil map");
        }
        entries.put(key, value);
    }

    public void remove(GoString key) {
        entries.remove(key);
    }

    /** By key, in the order of their bytes. A view that is not to be changed. */
    public SortedMap<GoString, GoValue> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    public int size() {
        return entries.size();
    }

    public boolean isNil() {
        return isNil;
    }

    @Override
    public GoType type() {
        return type;
    }

    @Override
    public boolean isTrue() {
        return !entries.isEmpty();
    }

    @Override
    public String toString() {
        return "GoMap[" + type + ", " + entries.size() + " entries]";
    }
}
