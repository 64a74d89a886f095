package dev.lockstep.render;

import dev.lockstep.render.Json.JsonArray;
import dev.lockstep.render.Json.JsonObject;
import dev.lockstep.render.Json.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** gjson's modifiers, which make JSON of JSON. */
enum Modifier {
    PRETTY,
    UGLY,
    REVERSE,
    THIS,
    FLATTEN,
    JOIN,
    VALID,
    KEYS,
    VALUES,
    TOSTR,
    FROMSTR,
    GROUP,
    /** Walks the value by a path, so {@link PropertyPath} carries it out. */
    DIG;

    private static final Map<String, Modifier> BY_NAME =
            Arrays.stream(values())
                    .collect(
                            Collectors.toMap(
                                    m -> m.name().toLowerCase(Locale.ROOT), Function.identity()));

    static Optional<Modifier> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * The text that it makes of a value.
     *
     * @param argument empty where there is none
     */
    String apply(Json value, String argument, PathBudget budget) throws UnservedSyntaxException {
        return switch (this) {
            case PRETTY -> PrettyJson.format(value, argument, budget);
            case UGLY -> ugly(value.raw());
            case REVERSE -> reversed(value);
            case THIS, VALID -> value.raw();
            case FLATTEN -> flattened(value, flag(argument, "deep"));
            case JOIN -> joined(value, flag(argument, "preserve"));
            case KEYS -> keys(value);
            case VALUES -> values(value);
            case TOSTR -> GoJson.quoted(value.raw());
            case FROMSTR -> value.text();
            case GROUP -> grouped(value);
            case DIG -> throw new IllegalStateException("it takes a path");
        };
    }

    /** What it makes of a value that is not there. */
    String ofNothing() {
        return switch (this) {
            case KEYS, VALUES -> "[]";
            case TOSTR -> "\"\"";
            default -> "";
        };
    }

    private static String ugly(String json) {
        var ugly = new StringBuilder();
        for (int at = 0; at < json.length(); at++) {
            char c = json.charAt(at);
            if (c == '"') {
                int end = PathSyntax.closingQuote(json, at);
                ugly.append(json, at, end + 1);
                at = end;
            } else if (c > ' ') {
                ugly.append(c);
            }
        }
        return ugly.toString();
    }

    private static String reversed(Json value) {
        if (value instanceof JsonArray array) {
            return array(backwards(array.elements()).stream().map(Json::raw).toList());
        }
        return value instanceof JsonObject object
                ? object(backwards(object.members()).stream().map(Modifier::written).toList())
                : value.raw();
    }

    private static <T> List<T> backwards(List<T> items) {
        var reversed = new ArrayList<T>(items.size());
        for (int i = items.size() - 1; i >= 0; i--) {
            reversed.add(items.get(i));
        }
        return reversed;
    }

    /** One level of arrays within an array, or all of them. */
    private static String flattened(Json value, boolean deep) {
        if (!(value instanceof JsonArray array)) {
            return value.raw();
        }
        var items = new ArrayList<String>();
        for (var element : array.elements()) {
            var text =
                    element instanceof JsonArray
                            ? inside(deep ? flattened(element, true) : element.raw())
                            : element.raw();
            if (!text.isBlank()) {
                items.add(text.strip());
            }
        }
        return array(items);
    }

    private static String inside(String json) {
        var trimmed = json.strip();
        return trimmed.substring(1, trimmed.length() - 1);
    }

    /** The members of all objects of an array in one, of equal names the last. */
    private static String joined(Json value, boolean preserve) {
        if (!(value instanceof JsonArray array)) {
            return value.raw();
        }
        var objects =
                array.elements().stream()
                        .filter(JsonObject.class::isInstance)
                        .map(JsonObject.class::cast)
                        .toList();
        if (preserve) {
            return object(objects.stream().map(object -> inside(object.raw())).toList());
        }
        var names = new LinkedHashMap<String, String>();
        var values = new LinkedHashMap<String, String>();
        for (var object : objects) {
            for (var member : object.members()) {
                names.putIfAbsent(member.name(), member.writtenName());
                values.put(member.name(), member.value().raw());
            }
        }
        return object(
                names.entrySet().stream()
                        .map(name -> name.getValue() + ":" + values.get(name.getKey()))
                        .toList());
    }

    private static String keys(Json value) {
        if (value instanceof JsonObject object) {
            return array(object.members().stream().map(Member::writtenName).toList());
        }
        int nulls = value instanceof JsonArray array ? array.elements().size() : 1;
        return array(Collections.nCopies(nulls, "null"));
    }

    private static String values(Json value) {
        if (value instanceof JsonObject object) {
            return array(object.members().stream().map(member -> member.value().raw()).toList());
        }
        return value instanceof JsonArray ? value.raw() : array(List.of(value.raw()));
    }

    /** An object of arrays becomes an array of objects; nothing for anything else. */
    private static String grouped(Json value) {
        if (!(value instanceof JsonObject object)) {
            return "";
        }
        var groups = new ArrayList<List<String>>();
        for (var member : object.members()) {
            if (member.value() instanceof JsonArray array) {
                int index = 0;
                for (var element : array.elements()) {
                    if (index == groups.size()) {
                        groups.add(new ArrayList<>());
                    }
                    groups.get(index++).add(member.writtenName() + ":" + element.raw());
                }
            }
        }
        return array(groups.stream().map(Modifier::object).toList());
    }

    private static String written(Member member) {
        return member.writtenName() + ":" + member.value().raw();
    }

    static String array(List<String> elements) {
        return "[" + String.join(",", elements) + "]";
    }

    private static String object(List<String> members) {
        return "{" + String.join(",", members) + "}";
    }

    /** An option of an argument such as {@code {"deep":true}}. */
    private static boolean flag(String argument, String name) {
        boolean flag = false;
        for (var option : options(argument)) {
            if (option.name().equals(name)) {
                flag = Query.isTrue(option.value());
            }
        }
        return flag;
    }

    static List<Member> options(String argument) {
        return LooseJson.parse(argument)
                .filter(JsonObject.class::isInstance)
                .map(options -> ((JsonObject) options).members())
                .orElse(List.of());
    }
}
