package dev.lockstep.cluster;

import dev.lockstep.source.SecretBytes;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The API server's own words, made fit for a condition: it quotes what it dislikes, and what we
 * send are secrets. So quoted texts are cut out, and words that still hold a piece of a value are
 * left out as a whole.
 */
final class ServerMessage {
    private static final int LONGEST = 400;
    private static final int SHORTEST_PIECE = 4;

    /** Made of the request alone, so it can be passed on as it is. */
    private static final Pattern RBAC =
            Pattern.compile(
                    "User \"([^\"]*)\" cannot \\w+ resource \"[^\"]*\" in API group \"[^\"]*\"( in the namespace \"[^\"]*\"| at the cluster scope)?");

    /** A value that is quoted as text: what is wrong with it follows. */
    private static final Pattern QUOTED_VALUE =
            Pattern.compile("^([A-Z][a-z]+ (?:value|long|many)): \"(?:[^\"\\\\]|\\\\.)*\"");

    /** A value that is shown in another way, so that nobody can tell where it ends. */
    private static final Pattern ANY_VALUE =
            Pattern.compile("^([A-Z][a-z]+ (?:value|long|many)): [^\"].*$", Pattern.DOTALL);

    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern CHARACTER = Pattern.compile("invalid character '[^ ]*'?");
    private static final Pattern BETWEEN_PIECES = Pattern.compile("[\\s\"\\\\]+");

    private final Collection<SecretBytes> values;

    /**
     * @param values that were sent, and must not come back
     */
    ServerMessage(Collection<SecretBytes> values) {
        this.values = List.copyOf(values);
    }

    /** Who may not do what, when that is why it refused. */
    static Optional<String> denial(Status status) {
        var found = RBAC.matcher(text(status));
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    /** Who was denied; empty when it did not say. */
    static String deniedUser(Status status) {
        var found = RBAC.matcher(text(status));
        return found.find() ? found.group(1) : "";
    }

    /** Its words, or a remark that they cannot be shown. */
    String of(Status status) {
        return safe(text(status));
    }

    /** What is wrong with which field. */
    String invalid(Status status) {
        var causes = causes(status);
        return causes.isEmpty()
                ? safe(withoutQuotes(text(status)))
                : safe(causes.stream().map(this::cause).collect(Collectors.joining("; ")));
    }

    static List<StatusCause> causes(Status status) {
        return status.getDetails() == null || status.getDetails().getCauses() == null
                ? List.of()
                : status.getDetails().getCauses();
    }

    private String cause(StatusCause cause) {
        var field = cause.getField() == null ? "" : cause.getField() + ": ";
        return field + withoutQuotes(cause.getMessage() == null ? "" : cause.getMessage());
    }

    private static String withoutQuotes(String words) {
        var quoted = QUOTED_VALUE.matcher(words);
        var known =
                quoted.find()
                        ? quoted.replaceFirst("$1")
                        : ANY_VALUE.matcher(words).replaceFirst("$1");
        known = CHARACTER.matcher(known).replaceAll("invalid character");
        return QUOTED.matcher(known).replaceAll("(left out)");
    }

    private String safe(String words) {
        if (values.stream().anyMatch(value -> holdsPieceOf(value, words))) {
            return "its answer quotes a value, so it is left out here";
        }
        return words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…";
    }

    private static boolean holdsPieceOf(SecretBytes value, String words) {
        var encoded = Base64.getEncoder().encodeToString(value.bytes());
        return (value.length() > 0 && words.contains(encoded))
                || BETWEEN_PIECES
                        .splitAsStream(value.utf8())
                        .anyMatch(
                                piece -> piece.length() >= SHORTEST_PIECE && words.contains(piece));
    }

    private static String text(Status status) {
        return status.getMessage() == null ? "" : status.getMessage();
    }
}
