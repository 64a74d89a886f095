package dev.lockstep.source;

/**
 * Which version of a secret a reference asks for.
 *
 * @param name version id or staging label, never empty; empty for tags
 */
public record RequestedVersion(Kind kind, String name) {
    /** What the name is. */
    public enum Kind {
        LABEL,
        ID,
        TAGS
    }

    public static final RequestedVersion CURRENT = label("AWSCURRENT");

    /** The tags of a secret in place of its value; they have no labels and no history. */
    public static final RequestedVersion TAGS = new RequestedVersion(Kind.TAGS, "");

    private static final String ID_PREFIX = "uuid/";

    public static RequestedVersion label(String label) {
        return new RequestedVersion(Kind.LABEL, label);
    }

    public static RequestedVersion id(String versionId) {
        return new RequestedVersion(Kind.ID, versionId);
    }

    /**
     * ESO's {@code remoteRef.version}: empty is AWSCURRENT, {@code uuid/<id>} an id, else a label.
     */
    public static RequestedVersion parse(String version) {
        if (version.isEmpty()) {
            return CURRENT;
        }
        return version.startsWith(ID_PREFIX)
                ? id(version.substring(ID_PREFIX.length()))
                : label(version);
    }

    /** Whether it can never move. */
    public boolean byId() {
        return kind == Kind.ID;
    }

    public boolean isTags() {
        return kind == Kind.TAGS;
    }

    public boolean isCurrent() {
        return equals(CURRENT);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case LABEL -> "staging label " + name;
            case ID -> "version id " + name;
            case TAGS -> "tags";
        };
    }
}
