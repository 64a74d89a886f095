package dev.lockstep.sync;

/**
 * The field manager under which an ExternalSecret's writes are recorded: ESO's names, so that
 * moving from ESO and back keeps the ownership of keys.
 */
public final class FieldManager {
    private static final String PREFIX = "externalsecrets.external-secrets.io/";
    private static final String HASHED = PREFIX + "sha3/";
    private static final int LONGEST = 63;

    private FieldManager() {}

    /** The manager of the ExternalSecret with this name. */
    public static String of(String externalSecret) {
        var plain = PREFIX + externalSecret;
        return plain.length() <= LONGEST ? plain : HASHED + ObjectHash.ofText(externalSecret);
    }

    /** True for the manager of any ExternalSecret. */
    public static boolean isExternalSecret(String manager) {
        return manager.startsWith(PREFIX);
    }

    /**
     * What people should look for: the ExternalSecret's name, or the manager where it is hashed or
     * somebody else's.
     */
    public static String describe(String manager) {
        if (!isExternalSecret(manager)) {
            return "field manager " + manager;
        }
        return manager.startsWith(HASHED)
                ? "another ExternalSecret (field manager " + manager + ")"
                : "ExternalSecret " + manager.substring(PREFIX.length());
    }
}
