package dev.lockstep.api;

/** Patterns and lengths of Kubernetes names, as the CRDs check them. */
final class Names {
    static final String OBJECT =
            "^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";
    static final long OBJECT_MAX = 253;
    static final String NAMESPACE = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";
    static final long NAMESPACE_MAX = 63;
    static final String KEY = "^[-._a-zA-Z0-9]+$";
    static final long KEY_MAX = 253;

    private Names() {}
}
