package dev.lockstep.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** AWS as a script: each operation gives the answers it was told to, and remembers who asked. */
final class ScriptedAws implements AutoCloseable {
    private static final Pattern ACCESS_KEY = Pattern.compile("Credential=([^/]+)/");
    private static final Pattern ACTION = Pattern.compile("Action=([^&]+)");

    /**
     * @param accessKey that signed the request, empty for an unsigned one
     * @param body decoded where it was a form
     */
    record Request(String operation, String accessKey, String body) {}

    /**
     * @param missing how many bytes of the body are promised and not sent
     */
    record Answer(int status, String contentType, String body, int missing) {
        static Answer json(int status, String body) {
            return new Answer(status, "application/x-amz-json-1.1", body, 0);
        }

        static Answer error(String code, String message) {
            return json(
                    400,
                    """
                    {"__type":"%s","message":"%s"}"""
                            .formatted(code, message));
        }

        static Answer xml(int status, String body) {
            return new Answer(status, "text/xml", body, 0);
        }

        static Answer stsError(int status, String code, String message) {
            return xml(
                    status,
                    """
                    <ErrorResponse><Error><Type>Sender</Type><Code>%s</Code>\
                    <Message>%s</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"""
                            .formatted(code, message));
        }

        /** Credentials that {@code operation} gives, good for {@code life} from now. */
        static Answer session(String operation, String accessKey, Duration life) {
            return xml(
                    200,
                    """
                    <%1$sResponse><%1$sResult><Credentials><AccessKeyId>%2$s</AccessKeyId>\
                    <SecretAccessKey>canary-session-secret</SecretAccessKey>\
                    <SessionToken>canary-session-token</SessionToken>\
                    <Expiration>%3$s</Expiration></Credentials></%1$sResult></%1$sResponse>"""
                            .formatted(operation, accessKey, Instant.now().plus(life)));
        }

        Answer cutBy(int bytes) {
            return new Answer(status, contentType, body, bytes);
        }

        Answer as(String otherType) {
            return new Answer(status, otherType, body, missing);
        }
    }

    private final Map<String, Deque<Answer>> script = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final HttpServer server;

    private ScriptedAws(HttpServer server) {
        this.server = server;
    }

    static ScriptedAws start() {
        try {
            var loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            var aws = new ScriptedAws(HttpServer.create(loopback, 0));
            aws.server.createContext("/", aws::handle);
            aws.server.setExecutor(aws.workers);
            aws.server.start();
            return aws;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** One answer after the other; the last one from then on. */
    void on(String operation, Answer... answers) {
        script.put(operation, new ArrayDeque<>(List.of(answers)));
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<Request> requests(String operation) {
        return requests.stream().filter(r -> r.operation().equals(operation)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var raw = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            var body = target == null ? URLDecoder.decode(raw, StandardCharsets.UTF_8) : raw;
            var operation =
                    target == null ? first(ACTION, raw) : target.substring(target.indexOf('.') + 1);
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            requests.add(
                    new Request(
                            operation,
                            authorization == null ? "" : first(ACCESS_KEY, authorization),
                            body));
            send(exchange, next(operation));
        }
    }

    private Answer next(String operation) {
        var answers = script.getOrDefault(operation, new ArrayDeque<>());
        synchronized (answers) {
            if (answers.isEmpty()) {
                return Answer.error("NotScripted", operation);
            }
            return answers.size() == 1 ? answers.getFirst() : answers.removeFirst();
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.contentType());
        if (!answer.contentType().equals("text/html")) {
            exchange.getResponseHeaders().set("x-amzn-RequestId", "request-1");
        }
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes, 0, bytes.length - answer.missing());
        exchange.getResponseBody().flush();
    }

    private static String first(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
