package dev.lockstep.sync;

/**
 * Why a Secret was not written.
 *
 * @param message what failed, where, and what to do; stable, and free of secret values
 */
public record WriteFailure(Reason reason, String message) {

    /** Reasons of the condition {@code Ready}. */
    public enum Reason {
        /** Somebody else's Secret, or somebody else's key in it. */
        TARGET_CONFLICT("TargetConflict"),
        /** Kubernetes does not allow the change: the type, or data of an immutable Secret. */
        TARGET_IMMUTABLE("TargetImmutable"),
        /** Over 1 MiB. */
        TARGET_TOO_LARGE("TargetTooLarge"),
        /** The operator's RBAC, or an admission policy. */
        API_DENIED("ApiDenied"),
        /** The API server finds the Secret itself wrong, such as a TLS Secret without a key. */
        INVALID_SPEC("InvalidSpec"),
        /** The API server did not answer, or was busy: passes by itself. */
        UNREACHABLE("Unreachable");

        private final String condition;

        Reason(String condition) {
            this.condition = condition;
        }

        /** The reason as it stands in the condition. */
        public String condition() {
            return condition;
        }
    }

    /**
     * Two ExternalSecrets write different values into one key.
     *
     * @param manager the other one's field manager
     */
    public static WriteFailure ofRival(DesiredSecret desired, String key, String manager) {
        return new WriteFailure(
                Reason.TARGET_CONFLICT,
                "key %s of Secret %s/%s is written by %s: give one of the two another key"
                        .formatted(
                                key,
                                desired.namespace(),
                                desired.name(),
                                FieldManager.describe(manager)));
    }

    /** True when waiting can help, so that back-off makes sense. */
    public boolean passing() {
        return reason == Reason.UNREACHABLE;
    }
}
