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
        TAGS,

        /** Of a parameter: told by nothing but a read by that label. */
        PARAMETER_LABEL
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

    /**
     * The same for a parameter: empty is the latest version, a number that version, else a label.
     * AWS allows no label that is a number.
     */
    public static RequestedVersion parseOfParameter(String version) {
        if (version.isEmpty()) {
            return CURRENT;
        }
        return version.chars().allMatch(c -> c >= '0' && c <= '9')
                ? id(version)
                : new RequestedVersion(Kind.PARAMETER_LABEL, version);
    }

    /** Whether List and Describe tell which version is behind it, so that it need not be read. */
    public boolean isTold() {
        return kind == Kind.LABEL || kind == Kind.TAGS;
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
            case PARAMETER_LABEL -> "label " + name;
        };
    }
}
