package dev.lockstep.sandbox.aws;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What goes back to the client.
 *
 * @param announced the length that the headers promise; more than the body has when it is cut off
 */
record AwsResponse(int status, String contentType, byte[] body, int announced) {

    private static final int OK = 200;

    static AwsResponse of(int status, String contentType, byte[] body) {
        return new AwsResponse(status, contentType, body, body.length);
    }

    static AwsResponse html(int status, String title) {
        var page = "<html><head><title>%s</title></head></html>".formatted(title);
        return of(status, "text/html", page.getBytes(StandardCharsets.UTF_8));
    }

    boolean succeeded() {
        return status == OK;
    }

    /** Half of the body, of which the headers promise the whole. */
    AwsResponse cutOff() {
        return new AwsResponse(status, contentType, half(), announced);
    }

    /** Half of the body, as if it were the whole. */
    AwsResponse halved() {
        return of(status, contentType, half());
    }

    AwsResponse withBody(byte[] other) {
        return of(status, contentType, other);
    }

    void send(HttpExchange exchange, String requestId) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
        exchange.sendResponseHeaders(status, announced);
        exchange.getResponseBody().write(body);
    }

    private byte[] half() {
        return Arrays.copyOf(body, body.length / 2);
    }
}
