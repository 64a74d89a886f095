package dev.lockstep.source;

import java.util.Optional;

/** A token that a provider issues. */
public sealed interface TokenRequest {

    /** For the account's own container registry. */
    record PrivateRegistry() implements TokenRequest {}

    /** For the public container registry. */
    record PublicRegistry() implements TokenRequest {}

    /**
     * Temporary access keys.
     *
     * @param seconds how long they shall last; empty for the provider's default
     * @param serialNumber of an MFA device, or empty
     * @param tokenCode that the device shows, or empty
     */
    record Session(Optional<Integer> seconds, String serialNumber, String tokenCode)
            implements TokenRequest {

        /** Without the code, which is a secret as long as it is good. */
        @Override
        public String toString() {
            return "Session[seconds=%s, serialNumber=%s]".formatted(seconds, serialNumber);
        }
    }
}
