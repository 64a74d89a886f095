package dev.lockstep.api;

/**
 * Which generator, of a kind that is served.
 *
 * @param namespace empty for a ClusterGenerator
 */
public record GeneratorName(GeneratorKind kind, String namespace, String name) {

    /** The generator that an ExternalSecret of that namespace means. */
    public static GeneratorName of(GeneratorRef ref, String namespace) {
        var kind = GeneratorKind.valueOf(ref.kind());
        return new GeneratorName(
                kind, kind == GeneratorKind.ClusterGenerator ? "" : namespace, ref.name());
    }

    /** Whether it may be used from every namespace. */
    public boolean isOfCluster() {
        return kind == GeneratorKind.ClusterGenerator;
    }

    @Override
    public String toString() {
        return isOfCluster() ? kind + " " + name : kind + " " + namespace + "/" + name;
    }
}
