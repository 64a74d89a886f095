package dev.lockstep.cluster;

/** The Secret is no longer as it was read, so what was planned for it does not hold. */
final class SecretMoved extends RuntimeException {
    private static final long serialVersionUID = 1L;
}
