package dev.lockstep.aws;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.WrongRegion;

/** Which secret a key names, as far as its text tells. */
final class KeyNames {
    private static final int REGION = 3;
    private static final int PARTS = 7;

    private KeyNames() {}

    /**
     * Secrets Manager answers an ARN of another region with "not found", which would be taken for a
     * deleted secret; so such a key is refused before it is asked for.
     */
    static void checkRegion(RemoteKey key, String storeRegion) throws SourceException {
        if (!key.isArn()) {
            return;
        }
        var parts = key.id().split(":", PARTS);
        var region = parts.length > REGION ? parts[REGION] : "";
        if (!region.isEmpty() && !region.equals(storeRegion)) {
            throw new SourceException(new WrongRegion(key.id(), storeRegion));
        }
    }

    /**
     * Whether {@code key} names the secret that AWS calls {@code arn} and {@code name}: by name,
     * ARN, or ARN without its random suffix.
     */
    static boolean names(RemoteKey key, String arn, String name) {
        return key.id().equals(name)
                || key.id().equals(arn)
                || key.id().equals(RemoteSecret.partialArn(arn));
    }
}
