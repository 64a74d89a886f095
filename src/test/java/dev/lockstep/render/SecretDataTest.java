package dev.lockstep.render;

import static dev.lockstep.render.Rendering.render;
import static dev.lockstep.render.Rendering.spec;
import static dev.lockstep.render.Rendering.templating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.api.ValueRef;
import dev.lockstep.source.SecretBytes;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecretDataTest {
    @Test
    void entryWithoutProperty_isTheValueByteForByte() throws Exception {
        var value = SecretBytes.of(new byte[] {0, (byte) 0xff, '\n'});

        var data =
                SecretData.render(
                        spec("{data: [{secretKey: k, remoteRef: {key: a}}]}"),
                        a(value),
                        Map.of(),
                        Map.of(),
                        templating());

        assertThat(data).isEqualTo(Map.of("k", value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "db.user | admin",
                "db | { \"user\": \"admin\" }",
                "n | 1.5",
                "i | 12345678901234567890",
                "t | true",
                "x | ``",
                "e | ``",
                "l.1 | 2",
                "a.b | dotted"
            })
    void property_isTakenInItsTextForm(String property, String expected) throws Exception {
        var json =
                "{\"db\":{ \"user\": \"admin\" },\"n\":1.50,\"i\":12345678901234567890,"
                        + "\"t\":true,\"x\":null,\"e\":\"\",\"l\":[1,2],\"a.b\":\"dotted\"}";

        assertThat(
                        render(
                                "{data: [{secretKey: k, remoteRef: {key: a, property: %s}}]}"
                                        .formatted(property),
                                Map.of("a", json)))
                .isEqualTo(Map.of("k", expected));
    }

    @Test
    void extract_takesStringsUnquotedNullsEmptyAndTheRestAsWritten() throws Exception {
        var json =
                "{\"s\":\"a\\\"b\",\"n\":1.50,\"e\":1e3,\"i\":12345678901234567890,\"t\":true,"
                        + "\"x\":null,\"o\":{ \"k\" : [1, 2] },\"s\":\"last\"}";

        assertThat(render("{dataFrom: [{extract: {key: a}}]}", Map.of("a", json)))
                .isEqualTo(
                        Map.of(
                                "s", "last",
                                "n", "1.50",
                                "e", "1e3",
                                "i", "12345678901234567890",
                                "t", "true",
                                "x", "",
                                "o", "{ \"k\" : [1, 2] }"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"nested | {\"nested\":{\"k\":1}}", "text | {\"text\":\"{\\\"k\\\":1}\"}"})
    void extractOfAProperty_takesTheKeysOfThatProperty(String property, String json)
            throws Exception {
        var spec = "{dataFrom: [{extract: {key: a, property: %s}}]}".formatted(property);

        assertThat(render(spec, Map.of("a", json))).isEqualTo(Map.of("k", "1"));
    }

    @Test
    void laterDataFromWins_andDataWinsOverAll() throws Exception {
        var spec =
                "{dataFrom: [{extract: {key: a}}, {extract: {key: b}}],"
                        + " data: [{secretKey: z, remoteRef: {key: c}}]}";

        var data =
                render(
                        spec,
                        Map.of(
                                "a", "{\"x\":1,\"y\":1,\"z\":1}",
                                "b", "{\"y\":2,\"z\":2}",
                                "c", "3"));

        assertThat(data)
                .containsExactly(Map.entry("x", "1"), Map.entry("y", "2"), Map.entry("z", "3"));
    }

    @Test
    void secretThatIsGone_isSkipped() throws Exception {
        var spec =
                "{dataFrom: [{extract: {key: gone}}], data: [{secretKey: k, remoteRef: {key: gone,"
                        + " property: p}}, {secretKey: l, remoteRef: {key: here}}]}";

        assertThat(render(spec, Map.of("here", "v"))).isEqualTo(Map.of("l", "v"));
    }

    @Test
    void valueThatWasNeverRead_isTheCallersMistake() {
        var spec = spec("{data: [{secretKey: k, remoteRef: {key: a}}]}");

        assertThatThrownBy(
                        () -> SecretData.render(spec, Map.of(), Map.of(), Map.of(), templating()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key=a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Default | a/b_c | a_b_c",
                "Unicode | a/b | a_U002f_b",
                "Unicode | a b | a_U0020_b",
                "Unicode | 😀 | _U1f600_",
                "Default | 😀 | _",
                "Default | -._aZ9 | -._aZ9",
            })
    void extractedKey_isConverted(String strategy, String key, String converted) throws Exception {
        var spec = "{dataFrom: [{extract: {key: a, conversionStrategy: %s}}]}".formatted(strategy);

        assertThat(render(spec, Map.of("a", "{\"" + key + "\":1}"))).containsOnlyKeys(converted);
    }

    @Test
    void extractedKeyWithoutAName_isDropped() throws Exception {
        assertThat(render("{dataFrom: [{extract: {key: a}}]}", Map.of("a", "{\"\":1,\"b\":2}")))
                .isEqualTo(Map.of("b", "2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Base64 | aGk= | hi",
                "Base64 | `` | ``",
                "Base64URL | Pz8_ | ???",
                "None | aGk= | aGk=",
                "Auto | aGk= | hi",
                "Auto | Pz8_ | ???",
                "Auto | aGk | aGk",
                "Auto | hi there | hi there",
                "Auto | aGk=aGk= | aGk=aGk=",
            })
    void value_isDecoded(String strategy, String value, String decoded) throws Exception {
        var ref = "{key: a, decodingStrategy: %s}".formatted(strategy);

        assertThat(render("{data: [{secretKey: k, remoteRef: " + ref + "}]}", Map.of("a", value)))
                .isEqualTo(Map.of("k", decoded));
        assertThat(
                        render(
                                "{dataFrom: [{extract: " + ref + "}]}",
                                Map.of("a", "{\"k\":\"" + value + "\"}")))
                .isEqualTo(Map.of("k", decoded));
    }

    @Test
    void whatIsFound_isKeyByKey_convertedAndDecoded() throws Exception {
        var secrets = Map.of("app/db", "aGk=", "app/web", "aGk=");

        assertThat(
                        render(
                                "{dataFrom: [{find: {name: {regexp: app}, decodingStrategy: Base64}}]}",
                                secrets))
                .isEqualTo(Map.of("app_db", "hi", "app_web", "hi"));
        assertThat(
                        render(
                                "{dataFrom: [{find: {path: app, conversionStrategy: Unicode}}]}",
                                secrets))
                .containsOnlyKeys("app_U002f_db", "app_U002f_web");
    }

    @Test
    void whatIsFound_canBeRewritten() throws Exception {
        var spec =
                "{dataFrom: [{find: {path: app/}, rewrite: [{regexp: {source: '^app/', target: ''}}]}]}";

        assertThat(render(spec, Map.of("app/db", "x"))).isEqualTo(Map.of("db", "x"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"team | blue", "a.b | 1", "a/b:* | 2"})
    void aTag_isSelectedByItsName(String tag, String value) throws Exception {
        var spec =
                "{data: [{secretKey: k, remoteRef: {key: a, metadataPolicy: Fetch, property: '%s'}}]}"
                        .formatted(tag);

        assertThat(render(spec, Map.of("a", "{\"a.b\":\"1\",\"a/b:*\":\"2\",\"team\":\"blue\"}")))
                .isEqualTo(Map.of("k", value));
    }

    @Test
    void nullByte_isLetThroughByDefault() throws Exception {
        var value = SecretBytes.of(new byte[] {'a', 0});

        assertThat(
                        SecretData.render(
                                spec("{data: [{secretKey: k, remoteRef: {key: a}}]}"),
                                a(value),
                                Map.of(),
                                Map.of(),
                                templating()))
                .isEqualTo(Map.of("k", value));
    }

    private static Map<ValueRef, Optional<SecretBytes>> a(SecretBytes value) {
        var ref = spec("{data: [{remoteRef: {key: a}}]}").valueRefs().iterator().next();
        return Map.of(ref, Optional.of(value));
    }
}
