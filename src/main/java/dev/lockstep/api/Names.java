package dev.lockstep.api;

/** Patterns and lengths of Kubernetes names, as the CRDs check them. */
public final class Names {
    public static final String OBJECT =
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    public static final long OBJECT_MAX = 253;
    public static final String NAMESPACE = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    public static final long NAMESPACE_MAX = 63;
    public static final String KEY = "^[-._a-zA-Z0-9]+$";
    public static final long KEY_MAX = 253;

    private Names() {}
}
