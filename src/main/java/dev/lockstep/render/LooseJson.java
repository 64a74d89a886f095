package dev.lockstep.render;

import dev.lockstep.render.Json.JsonBoolean;
import dev.lockstep.render.Json.JsonNumber;
import java.util.Optional;

/**
 * A text that a path has made, read as gjson reads what it takes for JSON: scalars are known by how
 * they begin. Objects and arrays have to be well-formed here.
 */
final class LooseJson {
    private static final String NUMBER_STARTS = "+-0123456789iIN";
    private static final String NUMBER_ENDS = ",]}";

    private LooseJson() {}

    /** Empty for what does not begin as JSON does. */
    static Optional<Json> parse(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) <= ' ') {
            start++;
        }
        if (start == text.length()) {
            return Optional.empty();
        }
        var json = text.substring(start);
        char first = json.charAt(0);
        if (NUMBER_STARTS.indexOf(first) >= 0 || isNan(json)) {
            int end = numberEnd(json);
            return Optional.of(new JsonNumber(json, 0, end));
        }
        return switch (first) {
            case 't', 'f' -> Optional.of(new JsonBoolean(json, 0, literalEnd(json), first == 't'));
            case 'n' -> Optional.of(new Json.JsonNull(json, 0, literalEnd(json)));
            case '"' -> strictly(json.substring(0, Brackets.end(json)));
            case '{', '[' -> strictly(json);
            default -> Optional.empty();
        };
    }

    private static Optional<Json> strictly(String json) {
        try {
            return Optional.of(JsonReader.read(json));
        } catch (MalformedJsonException e) {
            return Optional.empty();
        }
    }

    private static boolean isNan(String json) {
        return json.startsWith("n") && json.length() > 1 && json.charAt(1) != 'u';
    }

    private static int numberEnd(String json) {
        int at = 1;
        while (at < json.length()
                && json.charAt(at) > ' '
                && NUMBER_ENDS.indexOf(json.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private static int literalEnd(String json) {
        int at = 1;
        while (at < json.length() && json.charAt(at) >= 'a' && json.charAt(at) <= 'z') {
            at++;
        }
        return at;
    }
}
