package dev.lockstep.source;

/**
 * Which version of a secret a reference asks for.
 *
 * @param byId true when {@code name} is a version id, false when it is a staging label
 * @param name version id or staging label, never empty
 */
public record RequestedVersion(boolean byId, String name) {
    public static final RequestedVersion CURRENT = label("AWSCURRENT");
    private static final String ID_PREFIX = "uuid/";

    public static RequestedVersion label(String label) {
        return new RequestedVersion(false, label);
    }

    public static RequestedVersion id(String versionId) {
        return new RequestedVersion(true, versionId);
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

    public boolean isCurrent() {
        return equals(CURRENT);
    }

    @Override
    public String toString() {
        return byId ? "version id " + name : "staging label " + name;
    }
}
