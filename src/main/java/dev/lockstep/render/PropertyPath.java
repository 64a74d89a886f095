package dev.lockstep.render;

import dev.lockstep.render.Json.JsonArray;
import dev.lockstep.render.Json.JsonNumber;
import dev.lockstep.render.Json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a property in a JSON value by gjson's path language: names with {@code *} and {@code ?},
 * backslash escapes, array indexes, {@code #}, {@code #.name}, {@code #(query)} and {@code
 * #(query)#}, joined by dots and pipes. How a component is read depends on the value that it meets,
 * so a path is taken apart while it is walked. Each step goes one level down, so {@link
 * JsonReader#DEEPEST} bounds the recursion.
 */
final class PropertyPath {
    private PropertyPath() {}

    /**
     * The property; empty where the value has none. A property with a dot is first looked for as
     * the name of one member.
     */
    static Optional<Json> find(Json document, String property) throws UnservedSyntaxException {
        if (document instanceof JsonObject && property.contains(".")) {
            var literal = get(document, property.replace(".", "\\."));
            if (literal.isPresent()) {
                return literal;
            }
        }
        return get(document, property);
    }

    /** What gjson's {@code Get} answers. */
    static Optional<Json> get(Json value, String path) throws UnservedSyntaxException {
        Optional<Json> current = Optional.of(value);
        @Nullable String rest = path;
        while (rest != null) {
            PathSyntax.refuseUnserved(rest);
            if (current.isEmpty()) {
                return current;
            }
            var found = walk(current.get(), rest);
            current = found.value();
            rest = found.pipe();
        }
        return current;
    }

    /**
     * @param settled no other member that matches the path needs to be tried
     * @param value the answer so far
     * @param pipe path to apply to the answer; null for none
     */
    private record Found(boolean settled, Optional<Json> value, @Nullable String pipe) {
        static Found nothing(@Nullable String pipe) {
            return new Found(false, Optional.empty(), pipe);
        }

        static Found value(Json value, @Nullable String pipe) {
            return new Found(true, Optional.of(value), pipe);
        }
    }

    private static Found walk(Json value, String path) throws UnservedSyntaxException {
        if (value instanceof JsonObject object) {
            return walk(object, ObjectStep.parse(path));
        }
        return value instanceof JsonArray array
                ? walk(array, ArrayStep.parse(path))
                : Found.nothing(null);
    }

    /** The first member that leads to an answer, not the first that matches. */
    private static Found walk(JsonObject object, ObjectStep step) throws UnservedSyntaxException {
        var found = Found.nothing(step.next().pipe());
        for (var member : object.members()) {
            if (step.matches(member.name())) {
                found = follow(member.value(), step.next());
                if (found.settled()) {
                    return found;
                }
            }
        }
        return found;
    }

    private static Found walk(JsonArray array, ArrayStep step) throws UnservedSyntaxException {
        var elements = array.elements();
        if (step instanceof ArrayStep.Index index) {
            return index.position() < elements.size()
                    ? follow(elements.get(index.position()), index.next())
                    : Found.nothing(index.next().pipe());
        }
        if (step instanceof ArrayStep.Count count) {
            return Found.value(JsonNumber.of(elements.size()), count.pipe());
        }
        if (step instanceof ArrayStep.Each each) {
            return each(elements, each.path());
        }
        if (step instanceof ArrayStep.Filter filter) {
            return filter.all() ? all(elements, filter) : first(elements, filter);
        }
        return Found.nothing(((ArrayStep.Name) step).pipe());
    }

    private static Found follow(Json value, Next next) throws UnservedSyntaxException {
        var rest = next.rest();
        return rest == null ? Found.value(value, next.pipe()) : walk(value, rest);
    }

    private static Found each(List<Json> elements, String path) throws UnservedSyntaxException {
        PathSyntax.refuseUnserved(path);
        var piped = PathSyntax.splitPipe(path);
        var answers = new ArrayList<Json>();
        for (var element : elements) {
            get(element, piped.path()).ifPresent(answers::add);
        }
        return Found.value(JsonArray.of(answers), piped.pipe());
    }

    /** Settled with the first match, even where that has nothing under the rest of the path. */
    private static Found first(List<Json> elements, ArrayStep.Filter filter)
            throws UnservedSyntaxException {
        for (var element : elements) {
            if (accepts(filter.query(), element)) {
                return select(element, filter.next());
            }
        }
        return Found.nothing(filter.next().pipe());
    }

    /** A pipe behind further components is applied only where an element matched, as in gjson. */
    private static Found all(List<Json> elements, ArrayStep.Filter filter)
            throws UnservedSyntaxException {
        var pipe = filter.next().pipe();
        var answers = new ArrayList<Json>();
        for (var element : elements) {
            if (accepts(filter.query(), element)) {
                var selected = select(element, filter.next());
                selected.value().ifPresent(answers::add);
                pipe = selected.pipe();
            }
        }
        return Found.value(JsonArray.of(answers), pipe);
    }

    private static boolean accepts(Query query, Json element) throws UnservedSyntaxException {
        if (element instanceof JsonObject || element instanceof JsonArray) {
            return query.accepts(get(element, query.path()));
        }
        return query.path().isEmpty() && query.accepts(Optional.of(element));
    }

    private static Found select(Json element, Next next) throws UnservedSyntaxException {
        var rest = next.rest();
        if (rest == null) {
            return Found.value(element, next.pipe());
        }
        var piped = PathSyntax.splitPipe(rest);
        return new Found(true, get(element, piped.path()), piped.pipe());
    }
}
