package dev.lockstep.api;

/** A ConfigMap or Secret that holds templates, in the namespace of the ExternalSecret. */
public record TemplateSource(Kind kind, String name) {

    /** Kinds of objects that may hold templates. */
    public enum Kind {
        ConfigMap,
        Secret
    }

    @Override
    public String toString() {
        return kind + " " + name;
    }
}
