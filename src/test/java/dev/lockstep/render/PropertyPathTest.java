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
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void jsonLines_areNamedAsUnserved() throws Exception {
        var document = JsonReader.read("{\"a\":1}");

        assertThatThrownBy(() -> PropertyPath.find(document, "..0.a"))
                .isInstanceOf(UnservedSyntaxException.class)
                .hasMessage("JSON lines (..)");
    }

    /** gjson takes what is no JSON for what it begins as. */
    @ParameterizedTest
    @ValueSource(strings = {"!{", "!{\"a\"}", "!\"a", "s.@fromstr"})
    void madeTextThatIsNoJson_isAbsent(String path) throws Exception {
        assertThat(PropertyPath.find(JsonReader.read("{\"s\":\"{\\\"a\\\"\"}"), path)).isEmpty();
    }

    /** ESO escapes the dots of a property before it looks for a path, also within multipaths. */
    @Test
    void dotInAMultipath_isNeverEscapedSoThatItGoesDown() throws Exception {
        var document = JsonReader.read("{\"a\":{\"b\":1},\"c\":2}");

        assertThat(PropertyPath.find(document, "{a.b,c}").map(Json::text))
                .contains("{\"b\":1,\"c\":2}");
    }

    @ParameterizedTest
    @MethodSource
    void pathThatMakesMoreAndMoreOfAValue_isStopped(String path) throws Exception {
        var document = JsonReader.read("[".repeat(900) + "1,2,3,4,5,6,7,8" + "]".repeat(900));

        assertThatThrownBy(() -> PropertyPath.find(document, path))
                .isInstanceOf(UnservedSyntaxException.class)
                .hasMessage("more steps, levels or text than one property may take");
    }

    static List<String> pathThatMakesMoreAndMoreOfAValue_isStopped() {
        return List.of(
                "[@this,@this]" + "|[@this,@this]".repeat(40),
                "@tostr" + "|@tostr".repeat(40),
                "@dig:@dig:@dig:@this",
                "@pretty:{\"indent\":\"" + " ".repeat(10_000) + "\"}",
                "[".repeat(10_000) + "@this" + "]".repeat(10_000),
                "@dig:".repeat(10_000) + "0");
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
