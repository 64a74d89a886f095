package dev.lockstep.sandbox.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One request, read once: the mock server's own body is gone after the first look.
 *
 * @param uri path and query, as sent
 * @param contentType empty when there is none
 * @param token of the Authorization header, empty when there is none
 */
record Call(
        HttpMethod method,
        String uri,
        String path,
        Map<String, String> query,
        String contentType,
        String token,
        String body) {

    static Call of(RecordedRequest request) {
        var uri = request.getPath();
        var question = uri.indexOf('?');
        return new Call(
                request.method(),
                uri,
                question < 0 ? uri : uri.substring(0, question),
                question < 0 ? Map.of() : parseQuery(uri.substring(question + 1)),
                header(request, "Content-Type"),
                header(request, "Authorization").replace("Bearer ", ""),
                request.getBody() == null ? "" : request.getBody().readUtf8());
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    /** The verb as RBAC names it. */
    String verb(ApiPath path) {
        return switch (method) {
            case GET -> isWatch() ? "watch" : path.name().isEmpty() ? "list" : "get";
            case POST -> "create";
            case PUT -> "update";
            case DELETE -> path.name().isEmpty() ? "deletecollection" : "delete";
            default -> method.name().toLowerCase(Locale.ROOT);
        };
    }

    boolean isWatch() {
        return parameter("watch").equals("true");
    }

    boolean hasContentType(String type) {
        return contentType.startsWith(type);
    }

    JsonNode json() {
        return Json.read(body);
    }

    /** The body as an object, from JSON or, as apply patches may be, YAML. */
    ObjectNode object() {
        if (body.stripLeading().startsWith("{") && json() instanceof ObjectNode object) {
            return object;
        }
        var resource = Serialization.unmarshal(body, GenericKubernetesResource.class);
        if (resource == null) {
            throw Refusal.badRequest("the body is not an object");
        }
        return (ObjectNode) Json.read(Serialization.asJson(resource));
    }

    private static String header(RecordedRequest request, String name) {
        var value = request.getHeader(name);
        return value == null ? "" : value;
    }

    private static Map<String, String> parseQuery(String query) {
        var parameters = new HashMap<String, String>();
        for (var pair : query.split("&")) {
            var equals = pair.indexOf('=');
            var name = equals < 0 ? pair : pair.substring(0, equals);
            var value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(decode(name), decode(value));
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
