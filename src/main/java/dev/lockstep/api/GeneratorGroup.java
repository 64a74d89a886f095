package dev.lockstep.api;

/** Group, version and marks of the kinds that make values. */
public final class GeneratorGroup {
    public static final String NAME = "generators.external-secrets.io";
    public static final String VERSION = "v1alpha1";
    public static final String API_VERSION = NAME + "/" + VERSION;

    /** What {@code kubectl get external-secrets-generators} lists. */
    static final String CATEGORY = "external-secrets-generators";

    private GeneratorGroup() {}
}
