package dev.lockstep.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Requests to a Kubernetes API as they go over the wire, without a client library in between. */
final class RawApi {

    static final String APPLY = "application/apply-patch+yaml";
    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String STRATEGIC_MERGE_PATCH = "application/strategic-merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";

    /** A status code, and the body; an empty one is a missing node. */
    record Answer(int code, JsonNode body) {

        String text(String pointer) {
            return body.at(pointer).asText();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI server;
    // HTTP/1.1, because the upgrade that the JDK's client offers confuses the mock server.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RawApi(URI server) {
        this.server = server;
    }

    Answer get(String path) {
        return send("GET", path, "", "");
    }

    Answer post(String path, String body) {
        return send("POST", path, "application/json", body);
    }

    Answer put(String path, String body) {
        return send("PUT", path, "application/json", body);
    }

    Answer patch(String path, String contentType, String body) {
        return send("PATCH", path, contentType, body);
    }

    /** Server-side apply, without force. */
    Answer apply(String path, String manager, String body) {
        return patch(path + "?fieldManager=" + manager, APPLY, body);
    }

    Answer delete(String path, String options) {
        return send("DELETE", path, "application/json", options);
    }

    private Answer send(String method, String path, String contentType, String body) {
        var request =
                HttpRequest.newBuilder(server.resolve(path))
                        .method(method, BodyPublishers.ofString(body));
        if (!contentType.isEmpty()) {
            request.header("Content-Type", contentType);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new IllegalStateException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(method + " " + path, e);
        }
    }
}
