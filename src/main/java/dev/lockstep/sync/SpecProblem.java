package dev.lockstep.sync;

/**
 * What is wrong with a spec, found before anything is read or written.
 *
 * @param path of the field, such as {@code spec.data[2].remoteRef.key}
 * @param detail what is wrong with it and what to do; without values of secrets, for it has none
 */
public record SpecProblem(Reason reason, String path, String detail) {

    /** Reasons of the condition {@code Ready}. */
    public enum Reason {
        /** No operator could serve it. */
        INVALID_SPEC("InvalidSpec"),
        /** Another version or another operator may serve it; this one does not. */
        NOT_SUPPORTED("NotSupported");

        private final String condition;

        Reason(String condition) {
            this.condition = condition;
        }

        /** The reason as it stands in the condition. */
        public String condition() {
            return condition;
        }
    }

    static SpecProblem invalid(String path, String detail) {
        return new SpecProblem(Reason.INVALID_SPEC, path, detail);
    }

    static SpecProblem notSupported(String path, String detail) {
        return new SpecProblem(Reason.NOT_SUPPORTED, path, detail);
    }

    /** Where, what, and what to do. */
    public String message() {
        return path + ": " + detail;
    }

    /** The same as a failure of the ExternalSecret or store. */
    public SyncFailure failure() {
        return SyncFailure.lasting(reason.condition(), message());
    }
}
