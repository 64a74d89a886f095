package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.value.GoType.INT;
import static dev.lockstep.gotemplate.value.GoType.LIST;
import static dev.lockstep.gotemplate.value.GoType.STRING;
import static dev.lockstep.gotemplate.value.GoType.UINT32;

import dev.lockstep.gotemplate.Run;
import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoField;
import dev.lockstep.gotemplate.value.GoObject;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Kind;
import dev.lockstep.gotemplate.value.Runes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.zip.Adler32;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;

/** Sprig's hashes, passwords, keys, certificates and random texts. */
final class CryptoFunctions {
    private static final GoType CERTIFICATE =
            GoType.object(
                    "sprig.certificate",
                    Kind.STRUCT,
                    List::of,
                    () ->
                            List.of(
                                    new GoField("Cert", issued -> text(issued(issued).cert())),
                                    new GoField("Key", issued -> text(issued(issued).key()))));

    // About the microseconds that each takes.
    private static final long BCRYPT_STEPS = 60_000;
    private static final long SCRYPT_STEPS = 200_000;
    private static final long SIGNATURE_STEPS = 5_000;
    private static final long RSA_2048_STEPS = 150_000;
    private static final long RSA_4096_STEPS = 450_000;
    private static final long DSA_STEPS = 450_000;
    private static final int BYTES_HASHED_A_STEP = 256;
    private static final int RANDOM_BYTES_A_STEP = 64;

    private CryptoFunctions() {}

    private interface Issuing {
        Certificates.Issued issue(Certificates authority, Arguments in, Run run)
                throws FunctionException;
    }

    static List<TemplateFunction> all() {
        var all = new ArrayList<TemplateFunction>();
        all.addAll(hashes());
        all.addAll(passwords());
        all.addAll(certificates());
        all.addAll(randoms());
        return all;
    }

    private static List<TemplateFunction> hashes() {
        return List.of(
                digest("sha1sum", "SHA-1"),
                digest("sha256sum", "SHA-256"),
                digest("sha512sum", "SHA-512"),
                TemplateFunction.named("adler32sum")
                        .takes(STRING)
                        .does(
                                (in, run) -> {
                                    var sum = new Adler32();
                                    sum.update(in.string(0).bytes());
                                    return text(String.valueOf(sum.getValue()));
                                }));
    }

    private static List<TemplateFunction> passwords() {
        return List.of(
                TemplateFunction.named("bcrypt")
                        .takes(STRING)
                        .varyingByRun()
                        .does((in, run) -> text(bcrypt(run, raw(in, 0)))),
                TemplateFunction.named("htpasswd")
                        .takes(STRING, STRING)
                        .varyingByRun()
                        .does(
                                (in, run) ->
                                        text(
                                                raw(in, 0).contains(":")
                                                        ? "invalid username: " + raw(in, 0)
                                                        : raw(in, 0)
                                                                + ":"
                                                                + bcrypt(run, raw(in, 1)))),
                TemplateFunction.named("derivePassword")
                        .takes(UINT32, STRING, STRING, STRING, STRING)
                        .does(
                                (in, run) -> {
                                    run.work(SCRYPT_STEPS);
                                    return text(
                                            Passwords.derive(
                                                    in.integer(0),
                                                    raw(in, 1),
                                                    raw(in, 2),
                                                    raw(in, 3),
                                                    raw(in, 4)));
                                }),
                TemplateFunction.named("encryptAES")
                        .takes(STRING, STRING)
                        .varyingByRun()
                        .does(
                                (in, run) ->
                                        text(
                                                Passwords.encryptAes(
                                                        raw(in, 0), raw(in, 1), run.random()))),
                TemplateFunction.named("decryptAES")
                        .takes(STRING, STRING)
                        .does((in, run) -> text(Passwords.decryptAes(raw(in, 0), raw(in, 1)))));
    }

    private static List<TemplateFunction> certificates() {
        return List.of(
                TemplateFunction.named("genPrivateKey")
                        .takes(STRING)
                        .varyingByRun()
                        .does((in, run) -> text(privateKey(run, raw(in, 0)))),
                TemplateFunction.named("buildCustomCert")
                        .takes(STRING, STRING)
                        .does((in, run) -> object(Certificates.given(raw(in, 0), raw(in, 1)))),
                issuing(
                        "genCA",
                        (authority, in, run) ->
                                authority.selfSigned(
                                        new Certificates.Request(
                                                raw(in, 0),
                                                List.of(),
                                                List.of(),
                                                in.integer(1),
                                                true),
                                        newKey(run, authority)),
                        STRING,
                        INT),
                issuing(
                        "genCAWithKey",
                        (authority, in, run) ->
                                authority.selfSigned(
                                        new Certificates.Request(
                                                raw(in, 0),
                                                List.of(),
                                                List.of(),
                                                in.integer(1),
                                                true),
                                        PrivateKeys.ofPem(raw(in, 2))),
                        STRING,
                        INT,
                        STRING),
                issuing(
                        "genSelfSignedCert",
                        (authority, in, run) -> {
                            var request = request(in);
                            return authority.selfSigned(request, newKey(run, authority));
                        },
                        STRING,
                        LIST,
                        LIST,
                        INT),
                issuing(
                        "genSelfSignedCertWithKey",
                        (authority, in, run) ->
                                authority.selfSigned(request(in), PrivateKeys.ofPem(raw(in, 4))),
                        STRING,
                        LIST,
                        LIST,
                        INT,
                        STRING),
                issuing(
                        "genSignedCert",
                        (authority, in, run) -> {
                            var request = request(in);
                            return authority.signed(request, newKey(run, authority), issuer(in));
                        },
                        STRING,
                        LIST,
                        LIST,
                        INT,
                        CERTIFICATE),
                issuing(
                        "genSignedCertWithKey",
                        (authority, in, run) ->
                                authority.signed(
                                        request(in), PrivateKeys.ofPem(raw(in, 5)), issuer(in)),
                        STRING,
                        LIST,
                        LIST,
                        INT,
                        CERTIFICATE,
                        STRING));
    }

    private static List<TemplateFunction> randoms() {
        IntPredicate letter = c -> c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        IntPredicate digit = c -> c >= '0' && c <= '9';
        return List.of(
                randomText("randAlphaNum", letter.or(digit)),
                randomText("randAlpha", letter),
                randomText("randNumeric", digit),
                randomText("randAscii", c -> c >= ' ' && c < 0x7f),
                TemplateFunction.named("randBytes")
                        .takes(INT)
                        .varyingByRun()
                        .does(
                                (in, run) ->
                                        text(
                                                Base64.getEncoder()
                                                        .encodeToString(
                                                                randomBytes(run, in.integer(0))))),
                TemplateFunction.named("shuffle")
                        .takes(STRING)
                        .varyingByRun()
                        .does((in, run) -> text(shuffled(run, raw(in, 0)))),
                TemplateFunction.named("uuidv4").varyingByRun().does((in, run) -> text(uuid(run))));
    }

    private static TemplateFunction digest(String name, String algorithm) {
        return TemplateFunction.named(name)
                .takes(STRING)
                .does(
                        (in, run) -> {
                            run.work(in.string(0).length() / BYTES_HASHED_A_STEP);
                            return text(hash(algorithm, in.string(0).bytes()));
                        });
    }

    private static TemplateFunction issuing(String name, Issuing issuing, GoType... parameters) {
        return TemplateFunction.named(name)
                .takes(parameters)
                .varyingByRun()
                .does(
                        (in, run) -> {
                            run.work(SIGNATURE_STEPS);
                            var authority = new Certificates(run.now(), run.random());
                            return object(issuing.issue(authority, in, run));
                        });
    }

    private static TemplateFunction randomText(String name, IntPredicate characters) {
        var all = new StringBuilder();
        for (char c = ' '; c < 0x7f; c++) {
            if (characters.test(c)) {
                all.append(c);
            }
        }
        var alphabet = all.toString();
        return TemplateFunction.named(name)
                .takes(INT)
                .varyingByRun()
                .does((in, run) -> text(randomText(run, in.integer(0), alphabet)));
    }

    private static String randomText(Run run, long count, String alphabet) {
        run.allocate(count);
        run.work(Math.max(0, count) / RANDOM_BYTES_A_STEP);
        var random = new StringBuilder();
        for (long i = 0; i < count; i++) {
            random.append(alphabet.charAt(run.random().nextInt(alphabet.length())));
        }
        return random.toString();
    }

    private static byte[] randomBytes(Run run, long count) throws FunctionException {
        if (count < 0) {
            throw new FunctionException("runtime error: makeslice: len out of range");
        }
        run.allocate(count);
        run.work(count / RANDOM_BYTES_A_STEP);
        var bytes = new byte[(int) count];
        run.random().nextBytes(bytes);
        return bytes;
    }

    private static String shuffled(Run run, String raw) {
        var runes = new ArrayList<Integer>();
        run.allocate(raw.length() * 16L);
        run.work(raw.length() / RANDOM_BYTES_A_STEP);
        for (int i = 0; i < raw.length(); ) {
            var rune = Runes.at(raw, i);
            runes.add(rune.codePoint());
            i += rune.width();
        }
        Collections.shuffle(runes, run.random());
        var shuffled = new StringBuilder(raw.length());
        runes.forEach(rune -> Runes.append(shuffled, rune));
        return shuffled.toString();
    }

    /** Of version 4, as RFC 9562 lays it out. */
    private static String uuid(Run run) {
        var bytes = new byte[16];
        run.random().nextBytes(bytes);
        bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
        bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
        var hex = HexFormat.of().formatHex(bytes);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    private static String hash(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has " + algorithm, impossible);
        }
    }

    private static String bcrypt(Run run, String password) {
        run.work(BCRYPT_STEPS);
        return Passwords.bcrypt(password, run.random());
    }

    private static String privateKey(Run run, String type) throws FunctionException {
        var keys = new NewKeys(run.random());
        switch (type) {
            case "", "rsa" -> {
                run.work(RSA_4096_STEPS);
                return keys.rsa();
            }
            case "dsa" -> {
                run.work(DSA_STEPS);
                return keys.dsa();
            }
            case "ecdsa" -> {
                run.work(SIGNATURE_STEPS);
                return keys.ecdsa();
            }
            case "ed25519" -> {
                run.work(SIGNATURE_STEPS);
                return keys.ed25519();
            }
            default -> {
                return "Unknown type " + type;
            }
        }
    }

    private static AsymmetricKeyParameter newKey(Run run, Certificates authority) {
        run.work(RSA_2048_STEPS);
        return authority.newKey();
    }

    private static Certificates.Request request(Arguments in) throws FunctionException {
        return new Certificates.Request(
                raw(in, 0), ips(in.slice(1)), dnsNames(in.slice(2)), in.integer(3), false);
    }

    private static List<byte[]> ips(GoSlice list) throws FunctionException {
        var ips = new ArrayList<byte[]>();
        for (var element : list.elements()) {
            if (!(element instanceof GoString text)) {
                throw new FunctionException("error parsing ip: it is not a string");
            }
            ips.add(
                    IpAddresses.parse(text.raw())
                            .orElseThrow(
                                    () ->
                                            FunctionException.quoting(
                                                    "error parsing ip",
                                                    "error parsing ip: " + text.text())));
        }
        return ips;
    }

    private static List<String> dnsNames(GoSlice list) throws FunctionException {
        var names = new ArrayList<String>();
        for (var element : list.elements()) {
            if (!(element instanceof GoString text)) {
                throw new FunctionException(
                        "error processing alternate dns name: it is not a string");
            }
            names.add(text.text());
        }
        return names;
    }

    private static Certificates.Issued issuer(Arguments in) {
        return issued(((GoObject) in.get(4)).payload());
    }

    private static Certificates.Issued issued(Object payload) {
        return (Certificates.Issued) payload;
    }

    private static GoValue object(Certificates.Issued issued) {
        return new GoObject(CERTIFICATE, issued);
    }

    private static String raw(Arguments in, int index) {
        return in.string(index).raw();
    }

    private static GoString text(String raw) {
        return GoString.ofRaw(raw);
    }
}
