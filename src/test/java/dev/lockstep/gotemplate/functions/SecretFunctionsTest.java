package dev.lockstep.gotemplate.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys, passwords and random texts: by their shape, and by taking them back. */
class SecretFunctionsTest {

    @ParameterizedTest
    @CsvSource({
        "{{ randAlphaNum 40 }}, [a-zA-Z0-9]{40}",
        "{{ randAlpha 40 }}, [a-zA-Z]{40}",
        "{{ randNumeric 40 }}, [0-9]{40}",
        "{{ randAscii 40 }}, '[ -~]{40}'",
        "{{ randBytes 30 }}, [a-zA-Z0-9+/]{40}",
        "{{ randInt 5 7 }}, [56]",
        "{{ uuidv4 }}, [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
        "{{ now | date \"2006-01-02 15:04\" }}, 2026-01-02 03:04",
        "{{ now }}, 2026-01-02 03:04:05 \\+0000 UTC",
        "{{ ago (int64 1767323000) }}, 45s",
        "{{ htmlDate \"x\" }}, 2026-01-02",
        "{{ durationRound (now | dateModify \"-49h\") }}, 2d"
    })
    void function_givesTheShape(String template, String shape) {
        assertThat(Rendering.of(template).text()).matches(shape);
    }

    @Test
    void shuffle_keepsTheCharacters() {
        var shuffled = Rendering.of("{{ shuffle \"hällo✓\" }}").text();

        assertThat(shuffled.chars().sorted().toArray())
                .isEqualTo("hällo✓".chars().sorted().toArray());
    }

    @Test
    void template_knowsThatItVariesByRun() {
        assertThat(Rendering.of("{{ if .a }}{{ uuidv4 }}{{ end }}").variesByRun()).isTrue();
        assertThat(Rendering.of("{{ .a | b64enc | sha256sum }}").variesByRun()).isFalse();
    }

    @Test
    void htpasswd_isABcryptHashOfThePassword() {
        var line = Rendering.of("{{ htpasswd \"user\" .p }}").with("p", "pässword").text();

        assertThat(line).startsWith("user:$2a$10$");
        var hash = line.substring("user:".length());
        assertThat(OpenBSDBCrypt.checkPassword(hash, "pässword".getBytes(StandardCharsets.UTF_8)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"a", "0123456789abcdef", "'secret text ✓'"})
    void aes_isTakenBack(String text) {
        assertThat(
                        Rendering.of("{{ encryptAES \"key\" .t | decryptAES \"key\" }}")
                                .with("t", text)
                                .text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"SHA1,SHA-1", "SHA256,SHA-256", "SHA512,SHA-512", "None,SHA-256"})
    void rsaDecrypt_readsWhatJavaEncrypted(String hash, String digest) throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        var cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                pair.getPublic(),
                new OAEPParameterSpec(
                        digest, "MGF1", new MGF1ParameterSpec(digest), PSource.PSpecified.DEFAULT));

        var text =
                Rendering.of("{{ .key | rsaDecrypt \"RSA-OAEP\" \"" + hash + "\" .cipher }}")
                        .with("cipher", cipher.doFinal("hidden".getBytes(StandardCharsets.UTF_8)))
                        .with(
                                "key",
                                PemBlock.of(PemBlock.PRIVATE_KEY, pair.getPrivate().getEncoded())
                                        .encode())
                        .text();

        assertThat(text).isEqualTo("hidden");
    }

    @Test
    void rsaDecrypt_ofSchemeNone_givesTheText() {
        assertThat(Rendering.of("{{ rsaDecrypt \"None\" \"\" \"plain\" \"\" }}").text())
                .isEqualTo("plain");
    }

    @Test
    void jwkOfRsa_isPem() throws Exception {
        var jwk = new RSAKeyGenerator(2048).generate();

        assertThat(pem("jwkPublicKeyPem", jwk.toPublicJWK().toJSONString()))
                .isEqualTo(jwk.toRSAPublicKey().getEncoded());
        assertThat(pem("jwkPrivateKeyPem", jwk.toJSONString()))
                .isEqualTo(jwk.toRSAPrivateKey().getEncoded());
    }

    @Test
    void jwkOfEc_isPemWithThePublicKeyInThePrivate() throws Exception {
        var jwk = new ECKeyGenerator(Curve.P_384).generate();

        assertThat(pem("jwkPublicKeyPem", jwk.toJSONString()))
                .isEqualTo(jwk.toECPublicKey().getEncoded());
        var key = PrivateKeys.ofAnyEncoding(pem("jwkPrivateKeyPem", jwk.toJSONString()));
        assertThat(PrivateKeys.publicKeyInfo(PrivateKeys.publicKey(key)).getEncoded())
                .isEqualTo(jwk.toECPublicKey().getEncoded());
    }

    /** RFC 8037, appendix A. */
    @Test
    void jwkOfEd25519_isPem() throws Exception {
        var jwk =
                """
                {"kty":"OKP","crv":"Ed25519",
                 "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
                 "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

        var key = PrivateKeys.ofAnyEncoding(pem("jwkPrivateKeyPem", jwk));

        assertThat(PrivateKeys.publicKeyInfo(PrivateKeys.publicKey(key)).getEncoded())
                .isEqualTo(pem("jwkPublicKeyPem", jwk));
    }

    @ParameterizedTest
    @CsvSource({"48656c6c6f,Hello", "C3A9,é", "'',''"})
    void hexdec_givesTheBytes(String hex, String text) {
        assertThat(Rendering.of("{{ hexdec .h }}").with("h", hex).text()).isEqualTo(text);
    }

    private static byte[] pem(String function, String jwk) {
        var pem = Rendering.of("{{ " + function + " .jwk }}").with("jwk", jwk).text();
        return PemBlock.first(pem).orElseThrow().bytes();
    }
}
