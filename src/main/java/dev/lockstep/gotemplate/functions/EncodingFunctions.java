package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoValue;
import java.util.List;

/** Base64, Base32, hexadecimal and JSON. */
final class EncodingFunctions {
    private EncodingFunctions() {}

    private interface Coding {
        String of(String raw) throws FunctionException;
    }

    private interface Writing {
        String of(Run run, GoValue value) throws FunctionException;
    }

    static List<TemplateFunction> all() {
        return List.of(
                coding("b64enc", Encodings::base64),
                coding("b64dec", Encodings::base64OrError),
                coding("b32enc", Encodings::base32),
                coding("b32dec", Encodings::base32OrError),
                coding("hexdec", Encodings::hex),
                TemplateFunction.named("mustFromJson")
                        .takes(STRING)
                        .does((in, run) -> JsonParsing.parse(run, in.string(0))),
                TemplateFunction.named("fromJson")
                        .takes(STRING)
                        .does((in, run) -> jsonOrNil(run, in.string(0))),
                writing("mustToJson", JsonText::compact),
                writing("mustToPrettyJson", JsonText::pretty),
                writing("mustToRawJson", JsonText::plain),
                // This one panics.
                writing("toRawJson", JsonText::plain),
                writing("toJson", orEmpty(JsonText::compact)),
                writing("toPrettyJson", orEmpty(JsonText::pretty)));
    }

    private static TemplateFunction coding(String name, Coding coding) {
        return TemplateFunction.named(name)
                .takes(STRING)
                .does((in, run) -> Values.string(coding.of(in.string(0).raw())));
    }

    private static TemplateFunction writing(String name, Writing writing) {
        return TemplateFunction.named(name)
                .takes(ANY)
                .does((in, run) -> Values.string(writing.of(run, in.get(0))));
    }

    private static Writing orEmpty(Writing writing) {
        return (run, value) -> {
            try {
                return writing.of(run, value);
            } catch (FunctionException unsupported) {
                return "";
            }
        };
    }

    private static GoValue jsonOrNil(Run run, GoString json) {
        try {
            return JsonParsing.parse(run, json);
        } catch (FunctionException malformed) {
            return GoNil.INTERFACE;
        }
    }
}
