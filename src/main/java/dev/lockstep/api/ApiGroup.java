package dev.lockstep.api;

/** Group, version and marks that all our kinds share. */
public final class ApiGroup {
    public static final String NAME = "external-secrets.io";
    public static final String VERSION = "v1";

    /** What {@code kubectl get external-secrets} lists. */
    static final String CATEGORY = "external-secrets";

    /** The label that marks every CRD of the group. */
    static final String CRD_LABEL = NAME + "/component=controller";

    static final String READY_REASON = ".status.conditions[?(@.type==\"Ready\")].reason";
    static final String READY_STATUS = ".status.conditions[?(@.type==\"Ready\")].status";

    private ApiGroup() {}
}
