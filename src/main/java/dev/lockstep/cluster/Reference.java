package dev.lockstep.cluster;

/** A Secret or ConfigMap that a spec refers to. */
public record Reference(Kind kind, String namespace, String name) {

    /** Kinds that can be referred to. */
    public enum Kind {
        Secret,
        ConfigMap
    }

    public static Reference toSecret(String namespace, String name) {
        return new Reference(Kind.Secret, namespace, name);
    }

    public static Reference toConfigMap(String namespace, String name) {
        return new Reference(Kind.ConfigMap, namespace, name);
    }

    @Override
    public String toString() {
        return kind + " " + namespace + "/" + name;
    }
}
