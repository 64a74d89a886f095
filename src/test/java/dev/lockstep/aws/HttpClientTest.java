package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.lockstep.aws.ScriptedAws.Answer;
import dev.lockstep.source.ListPage;
import dev.lockstep.source.SourceException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy, and a private CA: what the admin sets for the JVM holds for AWS. */
class HttpClientTest {
    private static final String PASSWORD = "changeit";
    private static final String EMPTY_LIST = "{\"SecretList\":[]}";
    private static final ListPage NOTHING = new ListPage(List.of(), Optional.empty());

    private final Map<String, Optional<String>> before = new HashMap<>();

    @TempDir private Path files;

    @AfterEach
    void restoreProperties() {
        before.forEach(
                (name, value) ->
                        value.ifPresentOrElse(
                                v -> System.setProperty(name, v),
                                () -> System.clearProperty(name)));
    }

    @Test
    void proxyOfTheJvm_isUsed() throws SourceException {
        try (var proxy = ScriptedAws.start()) {
            proxy.on("ListSecrets", Answer.json(200, EMPTY_LIST));
            set("http.proxyHost", "127.0.0.1");
            set("http.proxyPort", "" + URI.create(proxy.url()).getPort());

            assertThat(list("http://secretsmanager.invalid")).isEqualTo(NOTHING);
        }
    }

    @Test
    void caOfTheTrustStore_isTrusted_andAnyOtherIsNamedAsTlsTrouble() throws Exception {
        var keys = selfSigned();
        var server = https(keys);
        try {
            var url = "https://localhost:" + server.getAddress().getPort();

            assertThat(catchThrowableOfType(SourceException.class, () -> list(url)))
                    .hasMessageContaining("ListSecrets got no usable answer (TLS: ")
                    .hasMessageContaining("unable to find valid certification path");
            set("javax.net.ssl.trustStore", keys.toString());
            set("javax.net.ssl.trustStorePassword", PASSWORD);
            assertThat(list(url)).isEqualTo(NOTHING);
        } finally {
            server.stop(0);
        }
    }

    private static ListPage list(String url) throws SourceException {
        try (var fixture = new AwsFixture(url, Map.of()).withKeys()) {
            var store = Stores.secretStore("team-a", "aws", AwsFixture.ONCE, AwsFixture.KEYS);
            return fixture.sources.open(store, "team-a").list(Optional.empty());
        }
    }

    private Path selfSigned() throws Exception {
        var file = files.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var exit =
                new ProcessBuilder(
                                keytool,
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
        assertThat(exit).as("keytool").isZero();
        return file;
    }

    private static HttpsServer https(Path keys) throws Exception {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        var tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), null, null);
        var server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext(
                "/",
                exchange -> {
                    var body = EMPTY_LIST.getBytes(StandardCharsets.UTF_8);
                    exchange.getRequestBody().readAllBytes();
                    exchange.getResponseHeaders().set("Content-Type", "application/json");
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
        return server;
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, Optional.ofNullable(System.getProperty(name)));
        System.setProperty(name, value);
    }
}
