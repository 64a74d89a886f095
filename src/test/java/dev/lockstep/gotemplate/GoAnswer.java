package dev.lockstep.gotemplate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A template, its values, and what Go's engine made of them: as {@code hack/gotpl} writes it.
 *
 * @param builtins whether Sprig was left out
 * @param outcome raw: the text, or what went wrong
 */
record GoAnswer(boolean builtins, String template, GoMap root, boolean failed, String outcome) {

    /** As {@code hack/gotpl/regenerate} recorded them. */
    static List<GoAnswer> recorded(String suite) {
        var answers = new ArrayList<GoAnswer>();
        try (var file = GoAnswer.class.getResourceAsStream(suite + ".jsonl")) {
            new ObjectMapper()
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .forEachRemaining(row -> answers.add(of(row, row)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return answers;
    }

    static GoAnswer of(JsonNode request, JsonNode answer) {
        var root = GoMap.ofBytes(Map.of());
        request.path("data")
                .properties()
                .forEach(
                        value ->
                                root.put(
                                        GoString.of(value.getKey()),
                                        GoString.of(value.getValue().asText())));
        request.path("data64")
                .properties()
                .forEach(value -> root.put(GoString.of(value.getKey()), bytes(value.getValue())));
        boolean failed = answer.has("err") || answer.has("err64");
        return new GoAnswer(
                request.path("builtins").asBoolean(),
                request.get("template").asText(),
                root,
                failed,
                outcome(answer, failed ? "err" : "out"));
    }

    private static String outcome(JsonNode answer, String name) {
        return answer.has(name)
                ? GoString.toRaw(answer.get(name).asText())
                : bytes(answer.get(name + "64")).raw();
    }

    private static GoString bytes(JsonNode base64) {
        try {
            return GoString.ofBytes(base64.binaryValue());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What ours makes of it, to be compared with {@link #outcome}. */
    String ours(Functions functions, ExecutionContext context) {
        try {
            return Template.parse("tpl", template, functions).execute(root, context).raw();
        } catch (TemplateException e) {
            return e.failure().goText().raw();
        }
    }

    @Override
    public String toString() {
        return template;
    }
}
