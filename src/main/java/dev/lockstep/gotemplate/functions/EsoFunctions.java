package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.value.GoType.ANY;
import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The functions that ESO has beside Sprig's: PKCS #12, PEM, JWK, RSA and YAML. */
final class EsoFunctions {
    // About the microseconds that each takes.
    private static final long READING_STEPS = 20_000;
    private static final long WRITING_STEPS = 10_000;
    private static final long RSA_STEPS = 5_000;

    private EsoFunctions() {}

    private interface Texting {
        String of(Run run, Arguments in) throws FunctionException;
    }

    static List<TemplateFunction> all() {
        var all = new ArrayList<TemplateFunction>();
        all.addAll(archives());
        all.addAll(certificates());
        all.addAll(others());
        return all;
    }

    private static List<TemplateFunction> archives() {
        return List.of(
                reading("pkcs12key", (run, in) -> archive(run, in, 0, "").keysPem(), 1),
                reading("pkcs12keyPass", (run, in) -> archive(run, in, 1).keysPem(), 2),
                reading("pkcs12cert", (run, in) -> archive(run, in, 0, "").certificatesPem(), 1),
                reading("pkcs12certPass", (run, in) -> archive(run, in, 1).certificatesPem(), 2),
                writing("pemToPkcs12", (run, in) -> pkcs12(run, in, false, ""), 2),
                writing(
                        "pemToPkcs12Pass",
                        (run, in) -> pkcs12(run, in, false, in.string(2).text()),
                        3),
                writing("fullPemToPkcs12", (run, in) -> pkcs12(run, in, true, ""), 2),
                writing(
                        "fullPemToPkcs12Pass",
                        (run, in) -> pkcs12(run, in, true, in.string(2).text()),
                        3),
                writing("pemTruststoreToPKCS12", (run, in) -> trustStore(run, in, ""), 1),
                writing(
                        "pemTruststoreToPKCS12Pass",
                        (run, in) -> trustStore(run, in, in.string(1).text()),
                        2));
    }

    private static List<TemplateFunction> certificates() {
        return List.of(
                reading("filterPEM", (run, in) -> PemFilter.filter(raw(in, 0), raw(in, 1)), 2),
                reading("filterCertChain", (run, in) -> PemFilter.chain(raw(in, 0), raw(in, 1)), 2),
                TemplateFunction.named("certSANs")
                        .takes(STRING)
                        .does((in, run) -> Values.strings(AlternativeNames.of(raw(in, 0)))));
    }

    private static List<TemplateFunction> others() {
        return List.of(
                reading(
                        "jwkPublicKeyPem",
                        (run, in) -> JsonWebKeys.publicKeyPem(in.string(0).text()),
                        1),
                reading(
                        "jwkPrivateKeyPem",
                        (run, in) -> JsonWebKeys.privateKeyPem(in.string(0).text()),
                        1),
                reading("rsaDecrypt", EsoFunctions::decrypt, 4),
                TemplateFunction.named("toYaml")
                        .takes(ANY)
                        .does((in, run) -> Values.string(YamlText.of(run, in.get(0)))),
                TemplateFunction.named("fromYaml")
                        .takes(STRING)
                        .does((in, run) -> fromYaml(run, in.string(0))));
    }

    private static TemplateFunction reading(String name, Texting texting, int strings) {
        return declared(name, strings).does((in, run) -> Values.string(texting.of(run, in)));
    }

    /** Archives are salted, and so never the same twice. */
    private static TemplateFunction writing(String name, Texting texting, int strings) {
        return declared(name, strings)
                .varyingByRun()
                .does(
                        (in, run) -> {
                            run.work(WRITING_STEPS);
                            return Values.string(texting.of(run, in));
                        });
    }

    private static TemplateFunction.Declaration declared(String name, int strings) {
        var parameters = new GoType[strings];
        Arrays.fill(parameters, STRING);
        return TemplateFunction.named(name).takes(parameters);
    }

    private static Pkcs12 archive(Run run, Arguments in, int index) throws FunctionException {
        return archive(run, in, index, in.string(0).text());
    }

    private static Pkcs12 archive(Run run, Arguments in, int index, String password)
            throws FunctionException {
        run.work(READING_STEPS);
        return Pkcs12.read(in.string(index).bytes(), password);
    }

    private static String pkcs12(Run run, Arguments in, boolean whole, String password)
            throws FunctionException {
        return Pkcs12.ofPem(raw(in, 0), raw(in, 1), whole, password, run.random());
    }

    private static String trustStore(Run run, Arguments in, String password)
            throws FunctionException {
        return Pkcs12.trustStoreOfPem(raw(in, 0), password, run.random());
    }

    private static String decrypt(Run run, Arguments in) throws FunctionException {
        return switch (raw(in, 0)) {
            case "None" -> raw(in, 2);
            case "RSA-OAEP" -> {
                run.work(RSA_STEPS);
                var plain = RsaDecryption.decrypt(raw(in, 1), in.string(2).bytes(), raw(in, 3));
                yield GoString.ofBytes(plain).raw();
            }
            default ->
                    throw FunctionException.quoting(
                            "the decryption scheme is neither None nor RSA-OAEP",
                            "decryption scheme " + in.string(0).text() + " is not supported");
        };
    }

    /** What is wrong stands under "Error". */
    private static GoMap fromYaml(Run run, GoString yaml) {
        try {
            return YamlParsing.parse(run, yaml);
        } catch (FunctionException malformed) {
            var dict = GoMap.dict();
            dict.put(GoString.of("Error"), GoString.of(malformed.getMessage()));
            return dict;
        }
    }

    private static String raw(Arguments in, int index) {
        return in.string(index).raw();
    }
}
