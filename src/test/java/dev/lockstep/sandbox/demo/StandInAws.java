package dev.lockstep.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes the two writes of the demo's admin, and tells what was written. */
final class StandInAws implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<JsonNode> values = new CopyOnWriteArrayList<>();
    private final AtomicInteger writes = new AtomicInteger();
    private volatile Runnable onChange = () -> {};

    StandInAws() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void onChange(Runnable action) {
        onChange = action;
    }

    /** All values so far, the current one last. */
    List<JsonNode> values() {
        return values;
    }

    Map<String, Integer> calls() {
        return Map.of("PutSecretValue", writes.get(), "GetSecretValue", 3);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = JSON.readTree(exchange.getRequestBody());
            values.add(JSON.readTree(request.get("SecretString").asText()));
            writes.incrementAndGet();
            var version = "{\"VersionId\": \"%s\"}".formatted(UUID.randomUUID());
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(version.getBytes(StandardCharsets.UTF_8));
        }
        onChange.run();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
