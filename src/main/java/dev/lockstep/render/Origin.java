package dev.lockstep.render;

/**
 * Where a value comes from, for messages.
 *
 * @param entry of the spec, such as {@code spec.data[2]}
 * @param secretKey key in the Secret; empty for an entry that makes many
 * @param remoteKey as written in the spec; empty for an entry that finds many
 */
public record Origin(String entry, String secretKey, String remoteKey) {

    /** Of what {@code find} takes. */
    static Origin ofFind(String entry) {
        return new Origin(entry, "", "");
    }

    @Override
    public String toString() {
        if (remoteKey.isEmpty()) {
            return "a secret that %s.find takes".formatted(entry);
        }
        var target = secretKey.isEmpty() ? "" : " (secretKey " + Printable.of(secretKey) + ")";
        return "%s%s: secret %s".formatted(entry, target, Printable.of(remoteKey));
    }
}
