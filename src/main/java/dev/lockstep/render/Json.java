package dev.lockstep.render;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A JSON value that remembers how it was written. It is a secret, so none of them prints itself.
 */
abstract sealed class Json {
    private final String source;
    private final int start;
    private final int end;

    private Json(String source, int start, int end) {
        this.source = source;
        this.start = start;
        this.end = end;
    }

    /** As written, with the white space inside. */
    String raw() {
        return source.substring(start, end);
    }

    /** The form in which a Secret holds it, which is gjson's {@code Result.String()}. */
    String text() {
        return raw();
    }

    /** As the whole of its source: gjson takes white space behind a document for a part of it. */
    Json toEnd() {
        return this;
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + "[" + (end - start) + " characters]";
    }

    /** Members in the order written; a name may stand there twice. */
    static final class JsonObject extends Json {
        static final JsonObject EMPTY = of(List.of());

        private final List<Member> members;

        JsonObject(String source, int start, int end, List<Member> members) {
            super(source, start, end);
            this.members = List.copyOf(members);
        }

        List<Member> members() {
            return members;
        }

        @Override
        Json toEnd() {
            return new JsonObject(super.source, super.start, super.source.length(), members);
        }

        /** An object that no document holds. */
        static JsonObject of(List<Member> members) {
            var raw =
                    members.stream()
                            .map(member -> member.writtenName() + ":" + member.value().raw())
                            .collect(Collectors.joining(",", "{", "}"));
            return new JsonObject(raw, 0, raw.length(), members);
        }
    }

    /**
     * @param writtenName with quotes and escapes
     */
    record Member(String name, String writtenName, Json value) {}

    static final class JsonArray extends Json {
        private final List<Json> elements;

        JsonArray(String source, int start, int end, List<Json> elements) {
            super(source, start, end);
            this.elements = List.copyOf(elements);
        }

        /** An array that no document holds, of values that do. */
        static JsonArray of(List<Json> elements) {
            var raw = elements.stream().map(Json::raw).collect(Collectors.joining(",", "[", "]"));
            return new JsonArray(raw, 0, raw.length(), elements);
        }

        List<Json> elements() {
            return elements;
        }

        @Override
        Json toEnd() {
            return new JsonArray(super.source, super.start, super.source.length(), elements);
        }
    }

    static final class JsonString extends Json {
        private final String text;

        JsonString(String source, int start, int end, String text) {
            super(source, start, end);
            this.text = text;
        }

        @Override
        String text() {
            return text;
        }
    }

    static final class JsonNumber extends Json {
        JsonNumber(String source, int start, int end) {
            super(source, start, end);
        }

        static JsonNumber of(int number) {
            var raw = Integer.toString(number);
            return new JsonNumber(raw, 0, raw.length());
        }

        /** Integers as written, however long; others as the shortest decimal of their double. */
        @Override
        String text() {
            return isInteger() ? raw() : GoFloat.format(number());
        }

        /** By the way it is written: {@code 1.0} is none. */
        boolean isInteger() {
            return raw().chars().allMatch(c -> c == '-' || Character.isDigit(c));
        }

        double number() {
            return GoFloat.parse(raw());
        }
    }

    static final class JsonBoolean extends Json {
        private final boolean truth;

        JsonBoolean(String source, int start, int end, boolean truth) {
            super(source, start, end);
            this.truth = truth;
        }

        boolean truth() {
            return truth;
        }
    }

    /** Present and empty. */
    static final class JsonNull extends Json {
        JsonNull(String source, int start, int end) {
            super(source, start, end);
        }

        @Override
        String text() {
            return "";
        }
    }
}
