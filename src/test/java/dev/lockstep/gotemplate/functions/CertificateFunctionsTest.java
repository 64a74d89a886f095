package dev.lockstep.gotemplate.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.gotemplate.value.FunctionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and archives, read again by Java, keytool and openssl. */
class CertificateFunctionsTest {
    private static final String PASSWORD = "change it";

    private static String ca;
    private static String cert;
    private static String key;

    @TempDir Path folder;

    @BeforeAll
    static void issue() {
        var issued =
                Rendering.of(
                                """
                                {{- $ca := genCA "the ca" 365 -}}
                                {{- $cert := genSignedCert "app" (list "10.0.0.1" "fd00::1")
                                    (list "app.example.org" "*.app.example.org") 30 $ca -}}
                                {{ $ca.Cert }}|{{ $cert.Cert }}|{{ $cert.Key }}""")
                        .text()
                        .split("\\|");
        ca = issued[0];
        cert = issued[1];
        key = issued[2];
    }

    @Test
    void signedCertificate_isOfTheAuthority() throws Exception {
        var signed = x509(cert);

        signed.verify(x509(ca).getPublicKey());
        assertThat(signed.getIssuerX500Principal().getName()).isEqualTo("CN=the ca");
        assertThat(signed.getSubjectX500Principal().getName()).isEqualTo("CN=app");
    }

    @Test
    void certificates_areValidFromNowForTheDaysAsked() throws Exception {
        assertThat(x509(cert).getNotBefore()).isEqualTo(Date.from(Rendering.NOW));
        assertThat(x509(cert).getNotAfter())
                .isEqualTo(Date.from(Rendering.NOW.plus(Duration.ofDays(30))));
    }

    @Test
    void authorityAlone_maySignCertificates() throws Exception {
        int keyCertSign = 5;

        assertThat(x509(ca).getBasicConstraints()).isNotNegative();
        assertThat(x509(ca).getKeyUsage()[keyCertSign]).isTrue();
        assertThat(x509(cert).getBasicConstraints()).isNegative();
        assertThat(x509(cert).getKeyUsage()[keyCertSign]).isFalse();
    }

    @Test
    void certSANs_areDnsNamesBeforeAddresses() {
        assertThat(Rendering.of("{{ certSANs .c | join \" \" }}").with("c", "junk\n" + cert).text())
                .isEqualTo("app.example.org *.app.example.org 10.0.0.1 fd00::1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecdsa", "ed25519", "rsa"})
    void privateKey_makesACertificateOfItself(String type) throws Exception {
        var text =
                """
                {{- $c := genSelfSignedCertWithKey "self" nil nil 1 (genPrivateKey "TYPE") -}}
                {{ (buildCustomCert (b64enc $c.Cert) (b64enc $c.Key)).Cert }}"""
                        .replace("TYPE", type);

        var self = x509(Rendering.of(text).text());

        self.verify(self.getPublicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"leaf", "root", "intermediate"})
    void filterCertChain_findsThePartInAnyOrder(String part) {
        var expected = part.equals("leaf") ? cert : part.equals("root") ? ca : "";

        assertThat(
                        Rendering.of("{{ filterCertChain \"" + part + "\" .c }}")
                                .with("c", ca + cert)
                                .text())
                .isEqualTo(expected);
    }

    @Test
    void filterCertChain_ofTwoLeaves_fails() {
        assertThat(
                        Rendering.of("{{ filterCertChain \"leaf\" .c }}")
                                .with("c", cert + cert)
                                .failure())
                .contains("found multiple leaf or disjunct certificates");
    }

    @Test
    void filterPem_keepsTheTypeInAnyCase() {
        assertThat(
                        Rendering.of("{{ filterPEM \"certificate\" .c }}")
                                .with("c", "junk\n" + key + cert + "\n" + ca)
                                .text())
                .isEqualTo(cert + ca);
    }

    @Test
    void archive_isReadByJava() throws Exception {
        var store =
                load(
                        Rendering.of("{{ fullPemToPkcs12Pass .c .k .p }}")
                                .with("c", cert + ca)
                                .with("k", key)
                                .with("p", PASSWORD));
        var alias = Collections.list(store.aliases()).get(0);

        assertThat(store.isKeyEntry(alias)).isTrue();
        assertThat(store.getCertificateChain(alias)).containsExactly(x509(cert), x509(ca));
        assertThat(store.getKey(alias, PASSWORD.toCharArray()).getAlgorithm()).isEqualTo("RSA");
    }

    @Test
    void trustStore_isTrustedByJava() throws Exception {
        var store =
                load(
                        Rendering.of("{{ pemTruststoreToPKCS12Pass .c .p }}")
                                .with("c", ca)
                                .with("p", PASSWORD));
        var alias = Collections.list(store.aliases()).get(0);

        assertThat(store.isCertificateEntry(alias)).isTrue();
        assertThat(store.getCertificate(alias)).isEqualTo(x509(ca));
    }

    @Test
    void archiveOfJava_givesKeyAndChain() throws Exception {
        var archive = archiveOfJava(PASSWORD);

        assertThat(
                        Rendering.of("{{ pkcs12certPass .p .a }}")
                                .with("a", archive)
                                .with("p", PASSWORD)
                                .text())
                .isEqualTo(cert + ca);
        assertThat(
                        Rendering.of("{{ pkcs12keyPass .p .a }}")
                                .with("a", archive)
                                .with("p", PASSWORD)
                                .text())
                .isEqualTo(pkcs8());
    }

    @Test
    void archiveOfOurs_givesWhatWasPutIn() {
        var archive = "{{ pemToPkcs12 .c .k | b64dec | ";

        assertThat(
                        Rendering.of(archive + "pkcs12cert }}")
                                .with("c", cert + ca)
                                .with("k", key)
                                .text())
                .isEqualTo(cert);
        assertThat(Rendering.of(archive + "pkcs12key }}").with("c", cert).with("k", key).text())
                .isEqualTo(pkcs8());
    }

    @Test
    void wrongPassword_fails() throws Exception {
        assertThat(Rendering.of("{{ pkcs12key .a }}").with("a", archiveOfJava(PASSWORD)).failure())
                .contains("decryption password incorrect");
    }

    @Test
    void archive_isReadByKeytool() throws Exception {
        var file = folder.resolve("store.p12");
        Files.write(
                file,
                archive(
                        Rendering.of("{{ pemToPkcs12Pass .c .k \"changeit\" }}")
                                .with("c", cert)
                                .with("k", key)));

        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        assertThat(
                        run(
                                keytool,
                                "-list",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "changeit",
                                "-keystore",
                                file.toString()))
                .contains("PrivateKeyEntry");
    }

    @Test
    void archive_isReadByOpenssl() throws Exception {
        assumeOpenssl();
        var file = folder.resolve("store.p12");
        Files.write(
                file,
                archive(
                        Rendering.of("{{ pemToPkcs12Pass .c .k \"changeit\" }}")
                                .with("c", cert)
                                .with("k", key)));

        assertThat(
                        run(
                                "openssl",
                                "pkcs12",
                                "-in",
                                file.toString(),
                                "-nodes",
                                "-passin",
                                "pass:changeit"))
                .contains(cert.trim());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-passout pass:",
                "-passout pass: -keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1",
                "-passout pass: -keypbe NONE -certpbe NONE"
            })
    void archiveOfOpenssl_givesTheKey(String options) throws Exception {
        assumeOpenssl();
        var file = folder.resolve("openssl.p12");
        var certFile = Files.writeString(folder.resolve("cert.pem"), cert);
        var keyFile = Files.writeString(folder.resolve("key.pem"), key);
        var command =
                ("openssl pkcs12 -export -in %s -inkey %s -out %s " + options)
                        .formatted(certFile, keyFile, file);
        run(command.split(" "));

        assertThat(
                        Rendering.of("{{ pkcs12key .a }}{{ pkcs12cert .a }}")
                                .with("a", Files.readAllBytes(file))
                                .text())
                .isEqualTo(pkcs8() + cert);
    }

    private static String pkcs8() {
        try {
            var parsed = PrivateKeys.ofPem(key);
            return PemBlock.of(PemBlock.PRIVATE_KEY, PrivateKeys.pkcs8(parsed)).encode();
        } catch (FunctionException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] archiveOfJava(String password) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        var der = PemBlock.first(pkcs8()).orElseThrow().bytes();
        var privateKey =
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        store.setKeyEntry(
                "app",
                privateKey,
                password.toCharArray(),
                new Certificate[] {x509(cert), x509(ca)});
        var archive = new ByteArrayOutputStream();
        store.store(archive, password.toCharArray());
        return archive.toByteArray();
    }

    private static KeyStore load(Rendering rendering) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(archive(rendering)), PASSWORD.toCharArray());
        return store;
    }

    private static byte[] archive(Rendering rendering) {
        return Base64.getDecoder().decode(rendering.text());
    }

    private static X509Certificate x509(String pem) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static void assumeOpenssl() {
        var folders = List.of(System.getenv("PATH").split(":"));
        Assumptions.assumeTrue(
                folders.stream().anyMatch(it -> Files.isExecutable(Path.of(it, "openssl"))));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
