package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/**
 * A call of an operation.
 *
 * @param input of the operation; of the query protocol every parameter under its flat name
 */
record AwsRequest(
        Protocol protocol, String operation, Signature signature, JsonNode input, Service service) {

    private static final String ECR = "AmazonEC2ContainerRegistry_V20150921.";
    private static final String ECR_PUBLIC = "SpencerFrontendService.";
    private static final String PARAMETER_STORE = "AmazonSSM.";

    /** Throws {@link IOException} when the body cannot be read. */
    static AwsRequest read(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var headers = exchange.getRequestHeaders();
        var signature = Signature.of(headers);
        var target = headers.getFirst("X-Amz-Target");
        if (target == null) {
            var input = form(new String(body, StandardCharsets.UTF_8));
            var action = input.path("Action").asText();
            return new AwsRequest(new QueryProtocol(action), action, signature, input, Service.STS);
        }
        var operation = target.substring(target.indexOf('.') + 1);
        return new AwsRequest(
                new JsonProtocol(), operation, signature, Json.read(body), service(target));
    }

    /** Which of the services behind the one endpoint is meant. */
    enum Service {
        SECRETS_MANAGER,
        PARAMETER_STORE,
        STS,
        ECR,
        ECR_PUBLIC
    }

    private static Service service(String target) {
        if (target.startsWith(ECR)) {
            return Service.ECR;
        }
        if (target.startsWith(PARAMETER_STORE)) {
            return Service.PARAMETER_STORE;
        }
        return target.startsWith(ECR_PUBLIC) ? Service.ECR_PUBLIC : Service.SECRETS_MANAGER;
    }

    boolean isSts() {
        return service == Service.STS;
    }

    /** A parameter, empty when it is absent or null. */
    String text(String parameter) {
        var value = input.path(parameter);
        return value.isNull() ? "" : value.asText();
    }

    boolean has(String parameter) {
        return input.hasNonNull(parameter);
    }

    private static JsonNode form(String body) {
        var parameters = Json.object();
        for (var pair : body.split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
