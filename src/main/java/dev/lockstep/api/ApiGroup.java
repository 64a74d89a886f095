package dev.lockstep.api;

/** Group, version and marks that all our kinds share. */
public final class ApiGroup {
    public static final String NAME = "external-secrets.io";
    public static final String VERSION = "v1";

    private ApiGroup() {}
}
