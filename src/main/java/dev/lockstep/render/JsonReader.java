package dev.lockstep.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.lockstep.render.Json.JsonArray;
import dev.lockstep.render.Json.JsonBoolean;
import dev.lockstep.render.Json.JsonNull;
import dev.lockstep.render.Json.JsonNumber;
import dev.lockstep.render.Json.JsonObject;
import dev.lockstep.render.Json.JsonString;
import dev.lockstep.render.Json.Member;
import dev.lockstep.source.SecretBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/** Reads a secret value as JSON. */
final class JsonReader {
    /** Levels of nesting; bounds the stack of all that walks the value. */
    static final int DEEPEST = 1000;

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** Names are part of the secret, so the factory must not keep them beyond one document. */
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .build())
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    // A PEM text pasted with its line breaks is common, and gjson reads it.
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .build();

    private final JsonParser parser;
    private final String source;

    private JsonReader(JsonParser parser, String source) {
        this.parser = parser;
        this.source = source;
    }

    /**
     * @throws MalformedJsonException saying where the value stops being JSON, never what stands
     *     there
     */
    static Json read(SecretBytes value) throws MalformedJsonException {
        return read(utf8(value));
    }

    static Json read(String text) throws MalformedJsonException {
        try (var parser = JSON.createParser(text)) {
            return new JsonReader(parser, text).document();
        } catch (StreamConstraintsException e) {
            throw new MalformedJsonException("it nests deeper than " + DEEPEST + " levels");
        } catch (JsonProcessingException e) {
            throw malformedAt(e.getLocation());
        } catch (IOException e) {
            throw new MalformedJsonException("it cannot be read");
        }
    }

    private static String utf8(SecretBytes value) throws MalformedJsonException {
        try {
            var text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(value.bytes()))
                            .toString();
            return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MalformedJsonException("it is not UTF-8 text");
        }
    }

    private Json document() throws IOException, MalformedJsonException {
        var first = parser.nextToken();
        if (first == null) {
            throw new MalformedJsonException("it is empty");
        }
        var document = value(first);
        if (parser.nextToken() != null) {
            throw malformedAt(parser.currentTokenLocation());
        }
        return document.toEnd();
    }

    private Json value(JsonToken token) throws IOException, MalformedJsonException {
        int start = offset(parser.currentTokenLocation());
        return switch (token) {
            case START_OBJECT -> object(start);
            case START_ARRAY -> array(start);
            case VALUE_STRING -> string(start);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new JsonNumber(source, start, start + parser.getTextLength());
            case VALUE_TRUE, VALUE_FALSE ->
                    new JsonBoolean(
                            source,
                            start,
                            start + parser.getTextLength(),
                            token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> new JsonNull(source, start, start + parser.getTextLength());
            default -> throw malformedAt(parser.currentTokenLocation());
        };
    }

    private JsonObject object(int start) throws IOException, MalformedJsonException {
        var members = new ArrayList<Member>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = wellFormed(parser.currentName());
            int nameStart = offset(parser.currentTokenLocation());
            var written =
                    source.substring(nameStart, PathSyntax.closingQuote(source, nameStart) + 1);
            members.add(new Member(name, written, value(parser.nextToken())));
        }
        return new JsonObject(source, start, offset(parser.currentLocation()), members);
    }

    private JsonArray array(int start) throws IOException, MalformedJsonException {
        var elements = new ArrayList<Json>();
        for (var token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            elements.add(value(token));
        }
        return new JsonArray(source, start, offset(parser.currentLocation()), elements);
    }

    private JsonString string(int start) throws IOException {
        // The parser is past a string only once its text was asked for.
        var text = wellFormed(parser.getText());
        return new JsonString(source, start, offset(parser.currentLocation()), text);
    }

    /** Half of a surrogate pair has no UTF-8; Go writes U+FFFD for it. */
    private static String wellFormed(String text) {
        boolean halves = text.codePoints().anyMatch(JsonReader::isHalf);
        return !halves
                ? text
                : text.codePoints()
                        .map(c -> isHalf(c) ? '\uFFFD' : c)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
    }

    private static boolean isHalf(int codePoint) {
        return Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint);
    }

    private static int offset(JsonLocation location) {
        return (int) location.getCharOffset();
    }

    private static MalformedJsonException malformedAt(@Nullable JsonLocation location) {
        return new MalformedJsonException(
                location == null
                        ? "it breaks off"
                        : "line %d, column %d"
                                .formatted(location.getLineNr(), location.getColumnNr()));
    }
}
