package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextsTest {

    /** Answers of Go's sigs.k8s.io/yaml. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "text ; text",
                "5 ; 5",
                "05 ; 5",
                "010 ; 8",
                "08 ; 8",
                "0x10 ; 16",
                "0b11 ; 3",
                "0o17 ; 15",
                "1_000 ; 1000",
                "1__0 ; 10",
                "_1 ; _1",
                "+5 ; 5",
                "-5 ; -5",
                "-0 ; 0",
                "0 ; 0",
                "0x ; 0x",
                "1.50 ; 1.5",
                ".5 ; 0.5",
                "5. ; 5",
                "0.1 ; 0.1",
                "3.14 ; 3.14",
                "-0.0 ; -0",
                "1e3 ; 1000",
                "1e6 ; 1e+06",
                "1e21 ; 1e+21",
                "1e400 ; 1e400",
                "1234567.5 ; 1.2345675e+06",
                "1.5e-7 ; 1.5e-07",
                "100000.0 ; 100000",
                "9223372036854775808 ; 9223372036854775808",
                "yes ; true",
                "Yes ; true",
                "no ; false",
                "y ; true",
                "n ; false",
                "on ; true",
                "Off ; false",
                "true ; true",
                "FALSE ; false",
                "null ; ``",
                "Null ; ``",
                "~ ; ``",
                "`` ; ``",
                "\"5\" ; 5",
                "'yes' ; yes",
                "12:30 ; 12:30",
                "1:30:15 ; 1:30:15",
                "2020-01-01 ; 2020-01-01",
                "2001-12-14t21:59:43.10-05:00 ; 2001-12-14t21:59:43.10-05:00",
                ".inf ; +Inf",
                "-.inf ; -Inf",
                ".nan ; NaN",
                "infinity ; infinity",
                "!!str 5 ; 5",
                "!!str 1.50 ; 1.50",
                "!!binary aGk= ; hi",
                "!!int \"5\" ; 5",
                "!!float 5 ; 5",
                "!foo x ; x",
                "&a v ; v",
                "\"a\\u00e9\" ; aé",
                "<< ; <<",
                "= ; =",
            })
    void scalar_isReadAsGoReadsIt(String scalar, String text) throws Exception {
        assertThat(read("k: " + scalar + "\n")).isEqualTo(Map.of("k", text));
    }

    /** There these pass through a float of 32 bits. */
    @ParameterizedTest
    @CsvSource({
        "18446744073709551616, 18446744073709551616",
        "12345678901234567890123, 12345678901234567890123",
        "3.14159265358979, 3.14159265358979"
    })
    void longNumber_keepsItsDigits(String scalar, String text) throws Exception {
        assertThat(read("k: " + scalar)).isEqualTo(Map.of("k", text));
    }

    @Test
    void blockScalars_keepTheirLines() throws Exception {
        assertThat(read("a: |\n  x\n  y\nb: >\n  x\n  y\nc: |-\n  x\n"))
                .isEqualTo(Map.of("a", "x\ny\n", "b", "x y\n", "c", "x"));
    }

    @Test
    void documents_areReadAsGoReadsThem() throws Exception {
        assertThat(read("5: a\n")).isEqualTo(Map.of("5", "a"));
        assertThat(read("yes: a\n")).isEqualTo(Map.of("true", "a"));
        assertThat(read("a: 1\na: 2\n")).isEqualTo(Map.of("a", "2"));
        assertThat(read("a: b\n---\nc: d\n")).isEqualTo(Map.of("a", "b"));
        assertThat(read("--- \na: b\n...\n")).isEqualTo(Map.of("a", "b"));
        assertThat(read("{a: b, c: d}")).isEqualTo(Map.of("a", "b", "c", "d"));
        assertThat(read("{\"a\":\"b\",\"n\":1.0}")).isEqualTo(Map.of("a", "b", "n", "1"));
        assertThat(read("&x a: *x\n")).isEqualTo(Map.of("a", "a"));
        assertThat(read("")).isEmpty();
        assertThat(read("# c\n")).isEmpty();
        assertThat(read("null")).isEmpty();
    }

    @Test
    void mergedMaps_giveWayToOwnKeysAndToEarlierOnes() throws Exception {
        assertThat(read("<<: [{p: 1},{p: 2, r: 3}]\nq: 5\n"))
                .isEqualTo(Map.of("p", "1", "r", "3", "q", "5"));
        assertThat(read("p: 5\n<<: {p: 1, q: 2}\n")).isEqualTo(Map.of("p", "5", "q", "2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "hunter2 | it is no map",
                "- hunter2 | it is no map",
                "k: {hunter2: c} | line 1: a value is no text",
                "k: [hunter2] | line 1: a value is no text",
                "k: *hunter2 | line 1",
                "k: !!binary hunter2 | line 1: a value is not Base64",
                "~: hunter2 | line 1: a key is null",
                "<<: hunter2 | line 1: only maps can be merged",
                "'a: hunter2 | line 1",
            })
    void whatIsNoMapOfTexts_isToldWithoutAnyOfIt(String yaml, String what) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(MalformedYamlException.class)
                .hasMessage(what)
                .hasNoCause();
    }

    @Test
    void anchorsThatRepeatEachOther_takeNoMemory() {
        var bomb = new StringBuilder("a0: &a0 {x: y}\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d {<<: [*a%d, *a%d]}\n".formatted(i, i, i - 1, i - 1));
        }
        bomb.append("<<: *a59\n");
        assertThatThrownBy(() -> read(bomb.toString())).isInstanceOf(MalformedYamlException.class);
    }

    private static Map<String, String> read(String yaml) throws MalformedYamlException {
        return Rendering.texts(YamlTexts.read(yaml));
    }
}
