package dev.lockstep.render;

import dev.lockstep.render.Json.JsonArray;
import dev.lockstep.render.Json.JsonNumber;
import dev.lockstep.render.Json.JsonObject;
import dev.lockstep.render.Json.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a property in a JSON value by gjson's path language: names with {@code *} and {@code ?},
 * backslash escapes, array indexes, {@code #}, {@code #.name}, {@code #(query)} and {@code
 * #(query)#}, modifiers, multipaths and constants, joined by dots and pipes. How a component is
 * read depends on the value that it meets, so a path is taken apart while it is walked. Each step
 * goes one level down, so {@link JsonReader#DEEPEST} bounds the recursion.
 */
final class PropertyPath {
    private final PathBudget budget = new PathBudget();

    private PropertyPath() {}

    /**
     * The property; empty where the value has none. A property with a dot is first looked for as
     * the name of one member.
     */
    static Optional<Json> find(Json document, String property) throws UnservedSyntaxException {
        boolean mayBeAName = property.contains(".") && !PathSyntax.holdsMultipath(property);
        if (document instanceof JsonObject && mayBeAName) {
            var literal = get(document, property.replace(".", "\\."));
            if (literal.isPresent()) {
                return literal;
            }
        }
        return get(document, property);
    }

    /** What gjson's {@code Get} answers. */
    static Optional<Json> get(Json value, String path) throws UnservedSyntaxException {
        return new PropertyPath().answer(Optional.of(value), path);
    }

    private Optional<Json> answer(Optional<Json> value, String path)
            throws UnservedSyntaxException {
        budget.enter();
        var current = value;
        @Nullable String rest = path;
        while (rest != null) {
            budget.step();
            PathSyntax.refuseUnserved(rest);
            var found = next(current, rest);
            current = found.value();
            rest = found.pipe();
        }
        budget.leave();
        return current;
    }

    /** What the path makes of a value up to the next pipe. */
    private Found next(Optional<Json> current, String path) throws UnservedSyntaxException {
        var modifier = ModifierCall.parse(path);
        if (modifier.isPresent()) {
            return modified(current, modifier.get());
        }
        var constant = PathSyntax.staticValue(path);
        if (constant.isPresent()) {
            return found(LooseJson.parse(constant.get().text()), constant.get().rest());
        }
        var rest = path;
        if (Multipath.isAt(path)) {
            var multipath = Multipath.parse(path);
            if (multipath.answers()) {
                return found(Optional.of(answers(current, multipath)), multipath.rest());
            }
            rest = multipath.rest();
        }
        return current.isEmpty() ? Found.nothing(null) : walk(current.get(), rest);
    }

    /** What stands behind a modifier, a constant or a multipath is a pipe, or nothing. */
    private static Found found(Optional<Json> value, String rest) {
        boolean piped = rest.startsWith("|") || rest.startsWith(".");
        return new Found(true, value, piped ? rest.substring(1) : null);
    }

    private Found modified(Optional<Json> current, ModifierCall call)
            throws UnservedSyntaxException {
        if (call.modifier() == Modifier.DIG) {
            return found(dig(current, call.argument()), call.rest());
        }
        if (current.isEmpty()) {
            return found(LooseJson.parse(call.modifier().ofNothing()), call.rest());
        }
        var made = call.modifier().apply(current.get(), call.argument(), budget);
        return found(LooseJson.parse(budget.made(made)), call.rest());
    }

    /** The path's answers for the value and all within it. */
    private Optional<Json> dig(Optional<Json> value, String path) throws UnservedSyntaxException {
        var answers = new ArrayList<Json>();
        if (value.isPresent()) {
            dig(value.get(), path, answers);
        }
        return Optional.of(JsonArray.of(answers));
    }

    private void dig(Json value, String path, List<Json> answers) throws UnservedSyntaxException {
        var answer = answer(Optional.of(value), path);
        if (answer.isPresent()) {
            budget.make(answer.get().raw().length() + 1L);
            answers.add(answer.get());
        }
        if (value instanceof JsonObject object) {
            for (var member : object.members()) {
                dig(member.value(), path, answers);
            }
        } else if (value instanceof JsonArray array) {
            for (var element : array.elements()) {
                dig(element, path, answers);
            }
        }
    }

    private Json answers(Optional<Json> current, Multipath multipath)
            throws UnservedSyntaxException {
        var members = new ArrayList<Member>();
        var elements = new ArrayList<Json>();
        for (var selector : multipath.selectors()) {
            var answer = answer(current, selector.path());
            if (answer.isPresent()) {
                var name = multipath.isObject() ? selector.writtenName() : "";
                budget.make(name.length() + 2L + answer.get().raw().length());
                elements.add(answer.get());
                members.add(new Member(nameOf(name), name, answer.get()));
            }
        }
        return multipath.isObject() ? JsonObject.of(members) : JsonArray.of(elements);
    }

    private static String nameOf(String written) {
        return LooseJson.parse(written).map(Json::text).orElse("");
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

    private Found walk(Json value, String path) throws UnservedSyntaxException {
        budget.step();
        if (value instanceof JsonObject object) {
            return walk(object, ObjectStep.parse(path));
        }
        return value instanceof JsonArray array
                ? walk(array, ArrayStep.parse(path))
                : Found.nothing(null);
    }

    /** The first member that leads to an answer, not the first that matches. */
    private Found walk(JsonObject object, ObjectStep step) throws UnservedSyntaxException {
        var found = Found.nothing(step.next().pipe());
        for (var member : object.members()) {
            budget.step();
            if (step.matches(member.name())) {
                found = follow(member.value(), step.next());
                if (found.settled()) {
                    return found;
                }
            }
        }
        return found;
    }

    private Found walk(JsonArray array, ArrayStep step) throws UnservedSyntaxException {
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

    private Found follow(Json value, Next next) throws UnservedSyntaxException {
        var rest = next.rest();
        return rest == null ? Found.value(value, next.pipe()) : walk(value, rest);
    }

    private Found each(List<Json> elements, String path) throws UnservedSyntaxException {
        var piped = PathSyntax.splitPipe(path);
        var answers = new ArrayList<Json>();
        for (var element : elements) {
            answer(Optional.of(element), piped.path()).ifPresent(answers::add);
        }
        return Found.value(JsonArray.of(answers), piped.pipe());
    }

    /** Settled with the first match, even where that has nothing under the rest of the path. */
    private Found first(List<Json> elements, ArrayStep.Filter filter)
            throws UnservedSyntaxException {
        for (var element : elements) {
            if (accepts(filter.query(), element)) {
                return select(element, filter.next());
            }
        }
        return Found.nothing(filter.next().pipe());
    }

    /** A pipe behind further components is applied only where an element matched, as in gjson. */
    private Found all(List<Json> elements, ArrayStep.Filter filter) throws UnservedSyntaxException {
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

    private boolean accepts(Query query, Json element) throws UnservedSyntaxException {
        if (element instanceof JsonObject || element instanceof JsonArray) {
            return query.accepts(answer(Optional.of(element), query.path()));
        }
        return query.path().isEmpty() && query.accepts(Optional.of(element));
    }

    private Found select(Json element, Next next) throws UnservedSyntaxException {
        var rest = next.rest();
        if (rest == null) {
            return Found.value(element, next.pipe());
        }
        var piped = PathSyntax.splitPipe(rest);
        return new Found(true, answer(Optional.of(element), piped.path()), piped.pipe());
    }
}
