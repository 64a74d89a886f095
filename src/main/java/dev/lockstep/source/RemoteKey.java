package dev.lockstep.source;

/**
 * A secret as AWS is asked for it: name, full ARN, or ARN without the random suffix. A store's
 * prefix is already applied (never to an ARN).
 */
public record RemoteKey(String id) {

    /**
     * Applies {@code prefix} verbatim, as ESO does, except to ARNs, which name one secret exactly.
     */
    public static RemoteKey of(String prefix, String key) {
        return new RemoteKey(isArn(key) ? key : prefix + key);
    }

    public boolean isArn() {
        return isArn(id);
    }

    /** Where the colon before a parameter's version or label is; negative when there is none. */
    public int selectorAt() {
        if (!isArn()) {
            return id.indexOf(':');
        }
        var name = id.indexOf(":parameter/");
        return name < 0 ? -1 : id.indexOf(':', name + 1);
    }

    private static boolean isArn(String key) {
        return key.startsWith("arn:");
    }

    @Override
    public String toString() {
        return id;
    }
}
