package dev.lockstep.aws;

import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceFailure.CredentialsMissing;
import dev.lockstep.source.SourceFailure.Unreachable;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What went wrong on this side of the wire, or on it. */
final class ClientErrors {
    private static final int LONGEST_DETAIL = 200;

    private ClientErrors() {}

    /**
     * @param call the operation, with the key where there is one
     */
    static SourceFailure failure(RuntimeException e, String call) {
        var message = e instanceof SdkException sdk ? sdk.rawMessage() : null;
        if (message != null && message.startsWith("Unable to load credentials")) {
            // The SDK lists what every provider of its chain missed, over a page.
            return new CredentialsMissing(
                    "the operator has no AWS credentials: annotate its ServiceAccount with eks.amazonaws.com/role-arn, give it an EKS Pod Identity association, or give the store auth.jwt or auth.secretRef");
        }
        if (isInterrupt(e)) {
            // The SDK took the flag to report it; the threads above still need to know.
            Thread.currentThread().interrupt();
            return new Unreachable(call, "interrupted");
        }
        if (e instanceof ApiCallAttemptTimeoutException || e instanceof ApiCallTimeoutException) {
            return new Unreachable(call, "timed out");
        }
        if (message != null && message.startsWith("Unable to unmarshall response")) {
            return new Unreachable(call, "unreadable answer");
        }
        return new Unreachable(call, cause(e).orElseGet(() -> unknown(e, message)));
    }

    private static boolean isInterrupt(RuntimeException e) {
        return e instanceof AbortedException || root(e) instanceof InterruptedException;
    }

    /** The first cause that an admin can do something about. */
    private static Optional<String> cause(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return Optional.of("unknown host " + host(cause));
            }
            if (cause instanceof SocketTimeoutException) {
                return Optional.of("timed out");
            }
            if (cause instanceof SSLException) {
                return Optional.of("TLS: " + line(root(cause).getMessage()));
            }
            if (cause instanceof ConnectException) {
                return Optional.of("connection refused");
            }
            if (cause instanceof SocketException) {
                return Optional.of("connection lost");
            }
        }
        return Optional.empty();
    }

    /** Java appends what the resolver said to the host. */
    private static String host(Throwable e) {
        return line(e.getMessage()).split(":", 2)[0];
    }

    /** Messages of the SDK itself tell about configuration; others may tell anything. */
    private static String unknown(Throwable e, @Nullable String message) {
        return e.getCause() == null && message != null
                ? line(message)
                : root(e).getClass().getSimpleName();
    }

    private static Throwable root(Throwable e) {
        var root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String line(@Nullable String message) {
        var first = message == null ? "" : message.lines().findFirst().orElse("");
        return first.length() > LONGEST_DETAIL ? first.substring(0, LONGEST_DETAIL) : first;
    }
}
