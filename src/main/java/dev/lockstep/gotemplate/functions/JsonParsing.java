package dev.lockstep.gotemplate.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Meter;
import dev.lockstep.gotemplate.value.Runes;
import java.io.IOException;
import java.util.ArrayList;

/** Reads JSON into what Go's encoding/json makes of it: every number a float64. */
final class JsonParsing {
    private static final int ENTRY_BYTES = 64;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    // Keys are values of secrets: none is to be kept.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .maxNestingDepth(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final Meter meter;
    private final JsonParser json;

    private final boolean integers;

    private JsonParsing(Meter meter, JsonParser json, boolean integers) {
        this.meter = meter;
        this.json = json;
        this.integers = integers;
    }

    static GoValue parse(Meter meter, GoString text) throws FunctionException {
        return parse(meter, text, false);
    }

    /** With whole numbers as such, where they fit. */
    static GoValue withIntegers(Meter meter, GoString text) throws FunctionException {
        return parse(meter, text, true);
    }

    private static GoValue parse(Meter meter, GoString text, boolean integers)
            throws FunctionException {
        try (var json = JSON.createParser(text.text())) {
            var parsing = new JsonParsing(meter, json, integers);
            var token = json.nextToken();
            if (token == null) {
                throw new FunctionException("unexpected end of JSON input");
            }
            var value = parsing.value(token);
            if (json.nextToken() != null) {
                throw new FunctionException("invalid JSON after the top-level value");
            }
            return value;
        } catch (IOException malformed) {
            throw new FunctionException("invalid JSON");
        }
    }

    private GoValue value(JsonToken token) throws IOException, FunctionException {
        meter.work(1);
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> string(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(json.getText());
            case VALUE_TRUE -> GoBool.TRUE;
            case VALUE_FALSE -> GoBool.FALSE;
            case VALUE_NULL -> GoNil.INTERFACE;
            default -> throw new FunctionException("invalid JSON");
        };
    }

    private GoValue object() throws IOException, FunctionException {
        meter.enter();
        var dict = GoMap.dict();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            meter.allocate(ENTRY_BYTES);
            var key = string(json.currentName());
            dict.put(key, value(json.nextToken()));
        }
        meter.leave();
        return dict;
    }

    private GoValue array() throws IOException, FunctionException {
        meter.enter();
        var elements = new ArrayList<GoValue>();
        for (var token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            meter.allocate(ENTRY_BYTES);
            elements.add(value(token));
        }
        meter.leave();
        return GoSlice.list(elements);
    }

    private GoValue number(String digits) throws FunctionException {
        if (integers) {
            var whole = YamlScalars.resolve(digits);
            if (whole instanceof GoInt) {
                return whole;
            }
        }
        double number = Double.parseDouble(digits);
        if (Double.isInfinite(number)) {
            throw new FunctionException(
                    "json: cannot unmarshal number into Go value of type float64");
        }
        return GoFloat.of(number);
    }

    /** Half of a surrogate pair is no character. */
    private GoString string(String text) {
        meter.allocate(text.length());
        var raw = new StringBuilder(text.length());
        text.codePoints().forEach(c -> Runes.append(raw, c));
        return GoString.ofRaw(raw.toString());
    }
}
