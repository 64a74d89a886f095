package dev.lockstep.cluster;

import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.DesiredSecret;
import dev.lockstep.sync.WriteFailure;
import dev.lockstep.sync.WriteFailure.Reason;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the API server's refusals mean. Never uses the exception's own message: it holds whatever
 * the server quoted, the address, and a status that changes.
 */
final class ApiFailures {
    static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private ApiFailures() {}

    /** Why the Secret could not be written. */
    static WriteFailure ofWriting(DesiredSecret desired, KubernetesClientException e) {
        var values = desired.data().map(data -> data.values()).orElse(List.of());
        return of(e, desired.namespace(), desired.name(), new ServerMessage(values));
    }

    /** Why the Secret could not be read or deleted. */
    static WriteFailure of(String namespace, String name, KubernetesClientException e) {
        return of(e, namespace, name, new ServerMessage(List.of()));
    }

    private static WriteFailure of(
            KubernetesClientException e, String namespace, String name, ServerMessage message) {
        var where = "Secret " + namespace + "/" + name;
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                    failure(
                            Reason.API_DENIED,
                            "the Kubernetes API does not accept the operator's token for %s: check the ServiceAccount and its token mount",
                            where);
            case HttpURLConnection.HTTP_FORBIDDEN ->
                    forbidden(status(e), namespace, where, message);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                    failure(
                            Reason.API_DENIED,
                            "%s cannot be made: namespace %s does not exist",
                            where,
                            namespace);
            case HttpURLConnection.HTTP_ENTITY_TOO_LARGE ->
                    failure(
                            Reason.TARGET_TOO_LARGE,
                            "%s is too large for the Kubernetes API: split it over several ExternalSecrets or pick properties",
                            where);
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                    failure(
                            Reason.INVALID_SPEC,
                            "Kubernetes refuses %s as invalid (%s): correct spec.target or the data",
                            where,
                            message.invalid(status(e)));
            default -> failure(Reason.UNREACHABLE, "%s", unreachable(where, e));
        };
    }

    private static WriteFailure forbidden(
            Status status, String namespace, String where, ServerMessage message) {
        var terminating =
                ServerMessage.causes(status).stream()
                        .anyMatch(cause -> NAMESPACE_TERMINATING.equals(cause.getReason()));
        if (terminating) {
            return failure(
                    Reason.API_DENIED,
                    "%s is not made: namespace %s is being deleted",
                    where,
                    namespace);
        }
        return ServerMessage.denial(status)
                .map(
                        denial ->
                                failure(
                                        Reason.API_DENIED,
                                        "%s cannot be written: %s; grant that verb to the operator's role",
                                        where,
                                        denial))
                .orElseGet(
                        () ->
                                failure(
                                        Reason.API_DENIED,
                                        "%s is refused by an admission policy or quota (%s): change the policy or spec.target",
                                        where,
                                        message.of(status)));
    }

    /** Why a referenced object could not be read. */
    static SourceException ofReading(
            String kind, String namespace, String name, KubernetesClientException e) {
        var what = kind + " " + namespace + "/" + name;
        if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
            return unreachableSource("reading " + what, e);
        }
        return new SourceException(
                new SourceFailure.AccessDenied("the operator's ServiceAccount", "get", what), null);
    }

    /** Why nobody answered a request for something of Kubernetes. */
    static SourceException unreachableSource(String operation, KubernetesClientException e) {
        return new SourceException(new SourceFailure.Unreachable(operation, detail(e)));
    }

    private static String unreachable(String where, KubernetesClientException e) {
        return "%s is not written yet: the Kubernetes API gives no usable answer (%s); Lockstep tries again"
                .formatted(where, detail(e));
    }

    private static String detail(KubernetesClientException e) {
        if (e.getCode() == TOO_MANY_REQUESTS) {
            return "too many requests";
        }
        return e.getCode() > 0 ? "HTTP " + e.getCode() : network(e.getCause());
    }

    private static String network(@Nullable Throwable cause) {
        for (var at = cause; at != null; at = at.getCause()) {
            if (at instanceof ConnectException) {
                return "connection refused";
            }
            if (at instanceof TimeoutException) {
                return "timeout";
            }
        }
        return cause instanceof IOException ? "connection broken" : "no answer";
    }

    static Status status(KubernetesClientException e) {
        return e.getStatus() == null ? new Status() : e.getStatus();
    }

    private static WriteFailure failure(Reason reason, String message, Object... arguments) {
        return new WriteFailure(reason, message.formatted(arguments));
    }
}
