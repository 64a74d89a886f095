package dev.lockstep.render;

import static dev.lockstep.render.Rendering.render;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderFailureTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // property
                "data: [{secretKey: k, remoteRef: {key: a, property: p.q}}] | {\"p\":\"hunter2\"}"
                        + " | PropertyMissing | spec.data[0] (secretKey k): secret a has no property p.q:"
                        + " check remoteRef.property, or add it to the secret",
                "data: [{secretKey: k, remoteRef: {key: a, property: p}}] | p=hunter2"
                        + " | NotJson | spec.data[0] (secretKey k): secret a is not a JSON value to take"
                        + " properties from (line 1, column 1): store it as a JSON object, or leave out"
                        + " property and extract",
                "data: [{secretKey: k, remoteRef: {key: a, property: p}}] | ``"
                        + " | NotJson | spec.data[0] (secretKey k): secret a is not a JSON value to take"
                        + " properties from (it is empty): store it as a JSON object, or leave out"
                        + " property and extract",
                "data: [{secretKey: k, remoteRef: {key: a, property: ..0.p}}] | {\"p\":\"hunter2\"}"
                        + " | NotSupported | spec.data[0] (secretKey k): secret a: property ..0.p uses"
                        + " JSON lines (..), which Lockstep does not serve: name a plain path",
                // extract
                "dataFrom: [{extract: {key: a}}] | [\"hunter2\"]"
                        + " | NotJson | spec.dataFrom[0]: secret a is not a JSON value to take properties"
                        + " from (it is no object): store it as a JSON object, or leave out property and"
                        + " extract",
                "dataFrom: [{extract: {key: a}}] | null"
                        + " | NotJson | spec.dataFrom[0]: secret a is not a JSON value to take properties"
                        + " from (it is no object): store it as a JSON object, or leave out property and"
                        + " extract",
                "dataFrom: [{extract: {key: a, property: p}}] | {\"p\":\"hunter2\"}"
                        + " | NotJson | spec.dataFrom[0]: secret a is not a JSON value to take properties"
                        + " from (line 1, column 1): store it as a JSON object, or leave out property and"
                        + " extract",
                // keys
                "dataFrom: [{extract: {key: a}}] | {\"é\":\"hunter2\"}"
                        + " | InvalidKey | spec.dataFrom[0]: secret a cannot be key é of a Secret (allowed"
                        + " are letters, digits, '-', '_' and '.'): choose another secretKey, or change"
                        + " keys of dataFrom by rewrite",
                "dataFrom: [{extract: {key: a}}] | {\"x/y\":\"hunter2\",\"x:y\":\"hunter2\"}"
                        + " | InvalidKey | spec.dataFrom[0]: secret a cannot be key x_y of a Secret"
                        + " (both x/y and x:y get this key by conversionStrategy Default):"
                        + " choose another secretKey, or change keys of dataFrom by rewrite",
                "dataFrom: [{find: {path: a, nullBytePolicy: Fail}}] | hunter2\0hunter2"
                        + " | InvalidSpec | a secret that spec.dataFrom[0].find takes holds a null byte,"
                        + " for key a: remove it from the secret, or set nullBytePolicy to Ignore",
                "dataFrom: [{find: {path: a, decodingStrategy: Base64}}] | hunter2"
                        + " | InvalidSpec | a secret that spec.dataFrom[0].find takes is not Base64 text,"
                        + " needed for key a: store it so, or set decodingStrategy to None or Auto",
                "data: [{secretKey: k/l, remoteRef: {key: a}}] | hunter2"
                        + " | InvalidKey | spec.data[0] (secretKey k/l): secret a cannot be key k/l of a"
                        + " Secret (allowed are letters, digits, '-', '_' and '.'): choose another"
                        + " secretKey, or change keys of dataFrom by rewrite",
                "data: [{remoteRef: {key: a}}] | hunter2"
                        + " | InvalidKey | spec.data[0]: secret a cannot be key \"\" of a Secret (it is"
                        + " empty): choose another secretKey, or change keys of dataFrom by rewrite",
                // values
                "data: [{secretKey: k, remoteRef: {key: a, decodingStrategy: Base64}}] | hunter2"
                        + " | InvalidSpec | spec.data[0] (secretKey k): secret a is not Base64 text, needed"
                        + " for key k: store it so, or set decodingStrategy to None or Auto",
                "dataFrom: [{extract: {key: a, nullBytePolicy: Fail}}] | {\"k\":\"hunter2\\u0000\"}"
                        + " | InvalidSpec | spec.dataFrom[0]: secret a holds a null byte, for key k: remove"
                        + " it from the secret, or set nullBytePolicy to Ignore",
            })
    void failure_namesEntrySecretAndCureButNeverTheValue(
            String spec, String value, String reason, String message) {
        assertThatThrownBy(() -> render("{" + spec + "}", Map.of("a", value)))
                .isInstanceOfSatisfying(
                        RenderException.class,
                        e -> {
                            assertThat(e.failure().reason()).isEqualTo(reason);
                            assertThat(e.failure().message()).isEqualTo(message);
                        })
                .hasMessage(reason + ": " + message)
                .hasNoCause();
        assertThat(message).doesNotContain("hunter2");
    }

    @Test
    void keyBeyondTheBound_isRefusedAndCutShort() throws Exception {
        var longest = "k".repeat(253);
        var spec = "{dataFrom: [{extract: {key: a}}]}";

        assertThat(render(spec, Map.of("a", "{\"" + longest + "\":1}"))).containsOnlyKeys(longest);
        assertThatThrownBy(() -> render(spec, Map.of("a", "{\"" + longest + "kk\":1}")))
                .hasMessageContaining("key " + longest + "… of a Secret")
                .hasMessageContaining("255 characters, allowed are 253");
    }

    @Test
    void controlCharactersOfAName_stayOutOfTheMessage() {
        assertThatThrownBy(
                        () ->
                                render(
                                        "{dataFrom: [{extract: {key: a, nullBytePolicy: Fail,"
                                                + " property: \"p\\nq\"}}]}",
                                        Map.of("a", "{}")))
                .hasMessageContaining("no property p?q:");
    }
}
