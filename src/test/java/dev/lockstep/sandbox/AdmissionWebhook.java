package dev.lockstep.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A validating webhook on loopback that allows everything, and counts what it was asked. */
public final class AdmissionWebhook implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final char[] PASSWORD = "loopback".toCharArray();
    private static final String ALIAS = "webhook";

    private final AtomicInteger reviews = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KeyStore keys;
    private final HttpsServer server;

    private AdmissionWebhook(KeyStore keys) throws GeneralSecurityException, IOException {
        this.keys = keys;
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls(keys)));
        server.createContext("/", this::review);
        server.setExecutor(threads);
        server.start();
    }

    /** Starts one, with a certificate of its own. */
    public static AdmissionWebhook start() {
        try {
            return new AdmissionWebhook(newKeys());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("cannot start an admission webhook", e);
        }
    }

    public URI url() {
        return URI.create("https://127.0.0.1:%d/".formatted(server.getAddress().getPort()));
    }

    /** Its certificate as a webhook configuration has it: PEM in Base64. */
    public String caBundle() {
        try {
            var certificate = keys.getCertificate(ALIAS).getEncoded();
            var pem =
                    "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                            .formatted(Base64.getMimeEncoder().encodeToString(certificate));
            return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encode the webhook's certificate", e);
        }
    }

    /** How often it was asked. */
    public int reviews() {
        return reviews.get();
    }

    private void review(HttpExchange exchange) throws IOException {
        try (exchange) {
            var review = JSON.readTree(exchange.getRequestBody());
            reviews.incrementAndGet();
            var uid = review.path("request").path("uid").asText();
            var answer =
                    JSON.writeValueAsBytes(
                            Map.of(
                                    "apiVersion", "admission.k8s.io/v1",
                                    "kind", "AdmissionReview",
                                    "response", Map.of("uid", uid, "allowed", true)));
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private static SSLContext tls(KeyStore keys) throws GeneralSecurityException {
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** By the JDK's own keytool: the JDK's public API makes no certificates. */
    private static KeyStore newKeys() throws GeneralSecurityException, IOException {
        var folder = Files.createTempDirectory("lockstep-webhook-");
        var file = folder.resolve("keys.p12");
        try {
            var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            var program =
                    new ProcessBuilder(
                            keytool.toString(),
                            "-genkeypair",
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=webhook",
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-validity",
                            "2",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            new String(PASSWORD));
            Output.of(program).successful();
            try (InputStream stored = Files.newInputStream(file)) {
                var keys = KeyStore.getInstance("PKCS12");
                keys.load(stored, PASSWORD);
                return keys;
            }
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
