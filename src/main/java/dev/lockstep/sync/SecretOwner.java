package dev.lockstep.sync;

/**
 * A controller of a Secret, as its owner reference tells, or the ExternalSecret that we write for.
 */
public record SecretOwner(String apiVersion, String kind, String name, String uid) {

    /**
     * The same group, kind and name; another uid is then an earlier life of the same object, whose
     * place it takes.
     */
    public boolean sameObject(SecretOwner other) {
        return group().equals(other.group()) && kind.equals(other.kind) && name.equals(other.name);
    }

    /** True for an ExternalSecret, of whichever version. */
    boolean isExternalSecret() {
        return "external-secrets.io".equals(group()) && "ExternalSecret".equals(kind);
    }

    private String group() {
        var slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }
}
