package dev.lockstep.api;

import io.fabric8.crd.generator.annotation.SchemaFrom;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A field that our types do not know, or a value that an enumerated field does not have. Our own
 * CRDs refuse or prune these; objects stored under other CRDs of the group can hold them.
 *
 * @param path from the spec on, such as {@code spec.data[2].remoteRef.decodingStrategy}
 * @param value the value that the field does not have; null for a field that is not known
 */
public record Unknown(String path, @Nullable String value) {
    /** All that is unknown in an object and below it, in the order of the fields. */
    static List<Unknown> in(String path, SpecObject object) {
        var found = new ArrayList<Unknown>();
        collect(path, object, found);
        return List.copyOf(found);
    }

    private static void collect(String path, Object object, List<Unknown> found) {
        if (object instanceof SpecObject spec) {
            for (var component : spec.getClass().getRecordComponents()) {
                collect(path, component, read(component, spec), found);
            }
            new TreeMap<>(spec.unknown())
                    .keySet()
                    .forEach(name -> found.add(new Unknown(path + "." + name, null)));
        } else if (object instanceof Collection<?> items) {
            int index = 0;
            for (var item : items) {
                collect(path + "[" + index++ + "]", item, found);
            }
        }
    }

    private static void collect(
            String path, RecordComponent component, @Nullable Object value, List<Unknown> found) {
        if (value == null || value instanceof Map) {
            return;
        }
        var fieldPath = path + "." + component.getName();
        if (value instanceof String text) {
            if (!text.isEmpty() && !allows(component, text)) {
                found.add(new Unknown(fieldPath, text));
            }
        } else {
            collect(fieldPath, value, found);
        }
    }

    private static boolean allows(RecordComponent component, String text) {
        try {
            var choices =
                    component
                            .getDeclaringRecord()
                            .getDeclaredField(component.getName())
                            .getAnnotation(SchemaFrom.class);
            return choices == null
                    || Arrays.stream(choices.type().getEnumConstants())
                            .anyMatch(choice -> ((Enum<?>) choice).name().equals(text));
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static @Nullable Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public String toString() {
        return value == null ? path : path + ": " + value;
    }
}
