package dev.lockstep.render;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Kubernetes' rules for labels and annotations. Templates make them of values, and the API server
 * would quote these.
 */
final class MetadataRules {
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PREFIX = 253;
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private MetadataRules() {}

    /** What is wrong with it, without any of it. */
    static Optional<String> label(String key, String value) {
        boolean valid = value.isEmpty() || NAME.matcher(value).matches();
        return key("label", key)
                .or(
                        () ->
                                valid
                                        ? Optional.empty()
                                        : Optional.of(
                                                "a label's value that Kubernetes does not allow (%d characters; allowed are up to %d letters, digits, '-', '_' and '.')"
                                                        .formatted(value.length(), LONGEST_NAME)));
    }

    /** What is wrong with it, without any of it. */
    static Optional<String> annotation(String key) {
        return key("annotation", key);
    }

    private static Optional<String> key(String what, String key) {
        int slash = key.indexOf('/');
        boolean prefixIsValid =
                slash < 0
                        || slash <= LONGEST_PREFIX
                                && PREFIX.matcher(key.substring(0, slash)).matches();
        return prefixIsValid && NAME.matcher(key.substring(slash + 1)).matches()
                ? Optional.empty()
                : Optional.of(
                        "the name of a%s %s that Kubernetes does not allow"
                                .formatted(what.startsWith("a") ? "n" : "", what));
    }
}
