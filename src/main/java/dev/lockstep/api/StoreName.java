package dev.lockstep.api;

/** A store as an ExternalSecret names it. */
public record StoreName(StoreKind kind, String name) {

    /** Kind and name, such as {@code SecretStore/aws}. */
    @Override
    public String toString() {
        return kind + "/" + name;
    }
}
