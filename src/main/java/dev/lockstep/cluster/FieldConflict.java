package dev.lockstep.cluster;

import dev.lockstep.sync.FieldManager;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A field that another manager owns with another value, as an apply without force is told.
 *
 * @param field such as {@code .data.password}
 */
record FieldConflict(String field, String manager) {
    private static final String REASON = "FieldManagerConflict";
    private static final String DATA = ".data.";
    private static final Pattern RIVAL = Pattern.compile("conflict with \"([^\"]+)\"");

    /** The conflicts of a refused apply; none when it was refused for something else. */
    static List<FieldConflict> of(KubernetesClientException e) {
        return ServerMessage.causes(ApiFailures.status(e)).stream()
                .filter(cause -> REASON.equals(cause.getReason()))
                .map(cause -> new FieldConflict(cause.getField(), manager(cause.getMessage())))
                .toList();
    }

    /** True when the field belongs to another ExternalSecret, so is not taken by force. */
    boolean isOfExternalSecret() {
        return FieldManager.isExternalSecret(manager);
    }

    /** The key of data; empty for any other field. */
    Optional<String> dataKey() {
        return field.startsWith(DATA)
                ? Optional.of(field.substring(DATA.length()))
                : Optional.empty();
    }

    private static String manager(String message) {
        var found = RIVAL.matcher(message == null ? "" : message);
        return found.find() ? found.group(1) : "";
    }
}
