package dev.lockstep.cluster;

import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.WriteFailure;
import dev.lockstep.sync.WriteFailure.Reason;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What the API server's refusals mean. Never uses the exception's own message: it holds whatever
 * the server quoted, the address, and a status that changes.
 */
public final class ApiFailures {
    static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String NAMESPACE_TERMINATING = "NamespaceTerminating";

    private ApiFailures() {}

    /**
     * Why an object could not be written, whose content is no secret.
     *
     * @param what its kind, namespace and name
     */
    public static WriteFailure of(String what, KubernetesClientException e) {
        return of(what, List.of(), e);
    }

    /**
     * Why an object could not be written.
     *
     * @param what its kind, namespace and name
     * @param values that it holds, held or should hold: none of them may be in the message
     */
    static WriteFailure of(
            String what, Collection<SecretBytes> values, KubernetesClientException e) {
        return switch (e.getCode()) {
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                    failure(
                            Reason.API_DENIED,
                            "the Kubernetes API does not accept the operator's token for %s: check the ServiceAccount and its token mount",
                            what);
            case HttpURLConnection.HTTP_FORBIDDEN ->
                    forbidden(what, status(e), new ServerMessage(values));
            case HttpURLConnection.HTTP_NOT_FOUND ->
                    failure(
                            Reason.API_DENIED,
                            "%s cannot be written: its namespace does not exist",
                            what);
            case HttpURLConnection.HTTP_ENTITY_TOO_LARGE ->
                    failure(
                            Reason.TARGET_TOO_LARGE,
                            "%s is too large for the Kubernetes API: split it over several ExternalSecrets or pick properties",
                            what);
            case HttpURLConnection.HTTP_BAD_REQUEST, UNPROCESSABLE ->
                    failure(
                            Reason.INVALID_SPEC,
                            "Kubernetes refuses %s as invalid (%s): correct spec.target or the data",
                            what,
                            new ServerMessage(values).invalid(status(e)));
            default ->
                    failure(
                            Reason.UNREACHABLE,
                            "%s is not written yet: the Kubernetes API gives no usable answer (%s); Lockstep tries again",
                            what,
                            detail(e));
        };
    }

    private static WriteFailure forbidden(String what, Status status, ServerMessage message) {
        var terminating =
                ServerMessage.causes(status).stream()
                        .anyMatch(cause -> NAMESPACE_TERMINATING.equals(cause.getReason()));
        if (terminating) {
            return failure(
                    Reason.API_DENIED, "%s is not made: its namespace is being deleted", what);
        }
        return ServerMessage.denial(status)
                .map(
                        denial ->
                                failure(
                                        Reason.API_DENIED,
                                        "%s cannot be written: %s; grant that verb to the operator's role",
                                        what,
                                        denial))
                .orElseGet(
                        () ->
                                failure(
                                        Reason.API_DENIED,
                                        "%s is refused by an admission policy or quota (%s): change the policy or spec.target",
                                        what,
                                        message.of(status)));
    }

    /**
     * Why an object could not be read.
     *
     * @param what its kind, namespace and name
     */
    static SourceException ofReading(String what, KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN) {
            return unreachableSource("reading " + what, e);
        }
        return new SourceException(
                new SourceFailure.AccessDenied(
                        ServerMessage.deniedUser(status(e)), "get", "Kubernetes " + what));
    }

    /** Who may not do what, as the API server says. */
    static String denied(KubernetesClientException e) {
        return ServerMessage.denial(status(e)).orElse("the Kubernetes API denies it");
    }

    /** Why nobody answered a request for something of Kubernetes. */
    static SourceException unreachableSource(String operation, KubernetesClientException e) {
        return new SourceException(new SourceFailure.Unreachable(operation, detail(e)));
    }

    /** What happened, in a few stable words. */
    static String detail(KubernetesClientException e) {
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
