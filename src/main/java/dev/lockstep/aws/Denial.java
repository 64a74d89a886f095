package dev.lockstep.aws;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What AWS's words tell about a denial: {@code User: <principal> is not authorized to perform:
 * <action> on resource: <resource> because …}. They are prose, so each part may be missing.
 *
 * @param principal without the session, which some ways to credentials make anew each time: a
 *     condition's message must stand still
 */
record Denial(Optional<String> principal, Optional<String> action, Optional<String> resource) {
    private static final Pattern PRINCIPAL = Pattern.compile("User:\\s+(\\S+)");
    private static final Pattern ACTION = Pattern.compile("perform:?\\s+([a-z0-9-]+:[A-Za-z]+)");
    private static final Pattern RESOURCE = Pattern.compile("on resource:\\s+(\\S+)");
    private static final Pattern SESSION = Pattern.compile("(:assumed-role/[^/]+)/.*");

    static Denial in(String message) {
        return new Denial(
                first(PRINCIPAL, message).map(who -> SESSION.matcher(who).replaceFirst("$1")),
                first(ACTION, message),
                first(RESOURCE, message));
    }

    boolean isOfKms() {
        return action.filter(a -> a.startsWith("kms:")).isPresent();
    }

    private static Optional<String> first(Pattern pattern, String message) {
        var matcher = pattern.matcher(message);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
