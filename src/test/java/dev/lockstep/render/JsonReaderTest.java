package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.render.Json.JsonArray;
import dev.lockstep.render.Json.JsonObject;
import dev.lockstep.source.SecretBytes;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonReaderTest {

    @Property
    void everyPartOfADocument_isKeptAsWritten(@ForAll("documents") String document)
            throws Exception {
        assertThat(rewrite(JsonReader.read(" " + document))).isEqualTo(document);
    }

    /** Puts a document together from its parts, in the spelling of {@link #documents()}. */
    private static String rewrite(Json value) {
        if (value instanceof JsonObject object) {
            assertThat(value.raw()).startsWith("{").endsWith("}");
            return object.members().stream()
                    .map(member -> "\"" + member.name() + "\" : " + rewrite(member.value()))
                    .collect(Collectors.joining(" ,\n", "{ ", "\t}"));
        }
        if (value instanceof JsonArray array) {
            assertThat(value.raw()).startsWith("[").endsWith("]");
            return array.elements().stream()
                    .map(JsonReaderTest::rewrite)
                    .collect(Collectors.joining(" , ", "[\n", " ]"));
        }
        return value.raw();
    }

    @Provide
    Arbitrary<String> documents() {
        var scalars =
                Arbitraries.of(
                        "1",
                        "-0",
                        "12345678901234567890",
                        "1.50",
                        "1e3",
                        "true",
                        "false",
                        "null",
                        "\"\"",
                        "\"text\"",
                        "\"a\\\"b\\\\\"",
                        "\"\\u00e9{[\"",
                        "\"😀é\"",
                        "\"a\tb\"");
        return Arbitraries.recursive(() -> scalars, JsonReaderTest::nest, 0, 4);
    }

    private static Arbitrary<String> nest(Arbitrary<String> inner) {
        var names = Arbitraries.of("", "a", "b", "é", "😀", "{", "]");
        var members =
                Combinators.combine(names, inner)
                        .as((name, value) -> "\"" + name + "\" : " + value);
        return Arbitraries.oneOf(
                inner,
                inner.list()
                        .ofMaxSize(3)
                        .map(list -> list.stream().collect(Collectors.joining(" , ", "[\n", " ]"))),
                members.list()
                        .ofMaxSize(3)
                        .map(
                                list ->
                                        list.stream()
                                                .collect(Collectors.joining(" ,\n", "{ ", "\t}"))));
    }

    @Test
    void documentLargerThanTheParsersBuffers_isKeptAsWritten() throws Exception {
        var filler = "x".repeat(50_000);
        var document = "[\"" + filler + "\",{\"k\":12345 },\"" + filler + "\\n\",[1]]";

        var elements = ((JsonArray) JsonReader.read(document)).elements();

        assertThat(elements)
                .extracting(Json::raw)
                .containsExactly(
                        "\"" + filler + "\"", "{\"k\":12345 }", "\"" + filler + "\\n\"", "[1]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | it is empty",
                "hunter2 | line 1, column 1",
                "{\"a\":\"hunter2 | line 1, column 14",
                "{\"a\":1,} | line 1, column 8",
                "{\"a\":1} hunter2 | line 1, column 9",
                "[1] 2 | line 1, column 5",
                "01 | line 1, column 2",
                "{'a':1} | line 1, column 2",
                "]  | line 1, column 1",
            })
    void whatIsNotJson_isLocatedAndNotQuoted(String text, String where) {
        assertThatThrownBy(() -> JsonReader.read(text))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage(where)
                .hasNoCause();
    }

    @Test
    void nestingBeyondTheBound_isRefusedBeforeTheStackEnds() {
        assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000)))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("it nests deeper than 1000 levels");
    }

    @Test
    void bytesThatAreNotUtf8_areNotJson() {
        assertThatThrownBy(
                        () -> JsonReader.read(SecretBytes.of(new byte[] {'"', (byte) 0xff, '"'})))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessage("it is not UTF-8 text");
    }

    @Test
    void byteOrderMark_isPassedOver() throws Exception {
        assertThat(JsonReader.read(SecretBytes.ofUtf8("\uFEFF[1]")).raw()).isEqualTo("[1]");
    }

    @Test
    void lineBreakInsideAText_isKept() throws Exception {
        assertThat(JsonReader.read("\"BEGIN\nEND\"").text()).isEqualTo("BEGIN\nEND");
    }

    @Test
    void halfASurrogatePair_isReplacedAsGoReplacesIt() throws Exception {
        assertThat(JsonReader.read("\"\\ud83dA\\ude00\"").text()).isEqualTo("\uFFFDA\uFFFD");
    }

    @Test
    void integers_keepEveryDigit() throws Exception {
        var digits = "9".repeat(5_000);

        assertThat(JsonReader.read(digits).text()).isEqualTo(digits);
    }

    @Test
    void values_neverPrintThemselves() throws Exception {
        var document = JsonReader.read("{\"password\":\"hunter2\",\"pin\":12345}");

        assertThat(document).hasToString("JsonObject[34 characters]");
        assertThat(((JsonObject) document).members().toString()).doesNotContain("hunter2", "12345");
    }
}
