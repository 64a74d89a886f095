package dev.lockstep.sync;

import dev.lockstep.api.Unknown;

/**
 * Why a spec cannot be served as it stands.
 *
 * @param path of the field, such as {@code spec.target.deletionPolicy}
 * @param message what is wrong there and what to do
 */
public record SpecProblem(Reason reason, String path, String message) {

    /** Reasons of the condition {@code Ready}. */
    public enum Reason {
        /** It contradicts itself or is not what the field takes. */
        INVALID_SPEC("InvalidSpec"),
        /** It asks for something that this version of Lockstep does not do. */
        NOT_SUPPORTED("NotSupported");

        private final String condition;

        Reason(String condition) {
            this.condition = condition;
        }
    }

    static SpecProblem invalid(String path, String message) {
        return new SpecProblem(Reason.INVALID_SPEC, path, message);
    }

    /** A field or a value that is not served. */
    static SpecProblem notSupported(String path, String what) {
        return new SpecProblem(
                Reason.NOT_SUPPORTED,
                path,
                what + " is not supported by this version of Lockstep: remove it");
    }

    static SpecProblem of(Unknown unknown) {
        return notSupported(
                unknown.path(),
                unknown.value() == null ? "this field" : "the value " + unknown.value());
    }

    /** The same as a failure of the ExternalSecret or store. */
    public SyncFailure failure() {
        return SyncFailure.lasting(reason.condition, path + ": " + message);
    }
}
