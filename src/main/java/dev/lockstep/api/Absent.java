package dev.lockstep.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an absent field means. A JSON null counts as absent wherever it stands. */
final class Absent {
    private Absent() {}

    /** An immutable copy without null elements; empty for null. */
    static <T> List<T> orEmpty(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }

    /** An immutable copy in the same order without null values; empty for null. */
    static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
        if (map == null || map.isEmpty()) {
            return Map.of();
        }
        var copy = new LinkedHashMap<>(map);
        copy.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(copy);
    }

    static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The text itself, or the given default where it is null or empty. */
    static String or(@Nullable String text, String absent) {
        return text == null || text.isEmpty() ? absent : text;
    }

    /**
     * The constant that the text names, or the given default where it is null or empty.
     *
     * @throws IllegalArgumentException for a text that names none; {@link Unknown} finds these
     *     first
     */
    static <E extends Enum<E>> E or(@Nullable String text, E absent) {
        return text == null || text.isEmpty()
                ? absent
                : Enum.valueOf(absent.getDeclaringClass(), text);
    }
}
