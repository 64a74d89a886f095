package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PropertyPathTest {

    @ParameterizedTest
    @MethodSource("gjsonsAnswers")
    void path_findsWhatGjsonFinds(String document, String path, Optional<String> answer)
            throws Exception {
        var found = PropertyPath.get(JsonReader.read(document), path);

        assertThat(found.map(Json::text)).isEqualTo(answer);
    }

    /** As {@code hack/gjson} wrote them. */
    static List<Arguments> gjsonsAnswers() throws IOException {
        var rows = new ArrayList<Arguments>();
        try (var file = PropertyPathTest.class.getResourceAsStream("gjson.jsonl")) {
            new ObjectMapper()
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .forEachRemaining(row -> rows.add(arguments(row)));
        }
        return rows;
    }

    private static Arguments arguments(JsonNode row) {
        var path = row.get("path").asText();
        return Arguments.argumentSet(
                path + " in " + row.get("document").asText(),
                row.get("document").asText(),
                path,
                row.get("exists").asBoolean()
                        ? Optional.of(row.get("text").asText())
                        : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.b | literal",
                "a.c | path",
                "a\\.b | literal",
                "x.y.z | literal",
                "x.*.z | literal",
            })
    void propertyWithADot_isTheNameOfAMemberBeforeItIsAPath(String property, String answer)
            throws Exception {
        var document =
                "{'a.b':'literal','a':{'b':'path','c':'path'},'x.y.z':'literal'}"
                        .replace('\'', '"');

        var found = PropertyPath.find(JsonReader.read(document), property);

        assertThat(found.map(Json::text)).contains(answer);
    }

    @Test
    void dotInAQuery_isNeverEscapedSoThatItSelectsAnotherElement() throws Exception {
        var document = "[{'n':'x','pw':'other'},{'n':'x.y','pw':'mine'}]".replace('\'', '"');

        var found = PropertyPath.find(JsonReader.read(document), "#(n==\"x.y\").pw");

        assertThat(found.map(Json::text)).contains("mine");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "@keys ! the modifier @keys",
                "a.@this ! the modifier @this",
                "a.@pretty:{\"indent\":\"\"} ! the modifier @pretty",
                "a|@reverse ! the modifier @reverse",
                "missing|@values ! the modifier @values",
                "l.#.@this ! the modifier @this",
                "l.#(a).@this ! the modifier @this",
                "{a,b} ! a multipath ({…})",
                "a.{b,\"c\":d}.c ! a multipath ({…})",
                "[a,b] ! a multipath ([…])",
                "l.#.[a] ! a multipath ([…])",
                "..0.a ! JSON lines (..)",
            })
    void unservedSyntax_isNamed(String path, String construct) throws Exception {
        var document = JsonReader.read("{'a':{'b':1},'l':[{'a':1}]}".replace('\'', '"'));

        assertThatThrownBy(() -> PropertyPath.find(document, path))
                .isInstanceOf(UnservedSyntaxException.class)
                .hasMessage(construct);
    }

    @ParameterizedTest
    @CsvSource({"!true", "!\"x\"", "!5", "a|!null"})
    void staticValue_isNamed(String path) throws Exception {
        var document = JsonReader.read("{\"a\":1}");

        assertThatThrownBy(() -> PropertyPath.find(document, path))
                .isInstanceOf(UnservedSyntaxException.class)
                .hasMessage("a static value (!…)");
    }

    @ParameterizedTest
    @CsvSource({"1", "text", "true"})
    void scalar_hasNoProperties(String scalar) throws Exception {
        var document = JsonReader.read(scalar.equals("text") ? "\"text {}\"" : scalar);

        assertThat(PropertyPath.find(document, "a")).isEmpty();
    }

    @Test
    void deepestValueAllowed_isReached() throws Exception {
        var nested = "[".repeat(JsonReader.DEEPEST) + "]".repeat(JsonReader.DEEPEST);
        var path = "0.".repeat(JsonReader.DEEPEST - 2) + "#";

        assertThat(PropertyPath.find(JsonReader.read(nested), path).map(Json::text)).contains("1");
    }

    @Test
    void chainOfPipesThatNeverGoesDeeper_needsNoStack() throws Exception {
        var path = "#()#" + "|#()#".repeat(50_000) + "|0";

        assertThat(PropertyPath.find(JsonReader.read("[7]"), path).map(Json::text)).contains("7");
    }
}
