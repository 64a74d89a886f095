package dev.lockstep.aws;

import dev.lockstep.source.RequestedVersion;

/**
 * What a service was asked for.
 *
 * @param key the secret or parameter, or {@code *} where the operation is about all
 */
record Asked(String operation, String key, RequestedVersion version) {
    private static final String ALL = "*";

    static Asked forAll(String operation) {
        return new Asked(operation, ALL, RequestedVersion.CURRENT);
    }

    static Asked forSecret(String operation, String key) {
        return new Asked(operation, key, RequestedVersion.CURRENT);
    }

    @Override
    public String toString() {
        return key.equals(ALL) ? operation : operation + " of " + key;
    }
}
