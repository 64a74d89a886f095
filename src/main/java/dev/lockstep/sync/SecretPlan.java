package dev.lockstep.sync;

import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** How the target Secret is to be written; from pure functions of desired and actual Secret. */
public sealed interface SecretPlan {

    /** What to do so that the actual Secret becomes the desired one. */
    static SecretPlan of(DesiredSecret desired, Optional<TargetSecret> actual) {
        return new SecretPlanning(desired).plan(actual);
    }

    /**
     * What to do so that the ExternalSecret's own Secret goes. A Secret that it does not control is
     * left alone.
     */
    static SecretPlan ofDeletion(SecretOwner externalSecret, Optional<TargetSecret> actual) {
        if (actual.isEmpty()) {
            return new Nothing();
        }
        var target = actual.get();
        return target.controller().filter(externalSecret::sameObject).isPresent()
                ? new Delete(target.uid(), target.resourceVersion())
                : new Refuse(
                        new WriteFailure(
                                WriteFailure.Reason.TARGET_CONFLICT,
                                "Secret %s/%s is not owned by this ExternalSecret, so it is not deleted: delete it by hand if nobody needs it"
                                        .formatted(target.namespace(), target.name())));
    }

    /** A new Secret with all of the desired data. */
    record Create(SortedMap<String, String> labels, SortedMap<String, String> annotations)
            implements SecretPlan {}

    /**
     * The live object with our data, labels, annotations and ownership.
     *
     * @param changedKeys of data; empty when the data stays; from a cache all keys when any changed
     */
    record Replace(
            SortedMap<String, String> labels,
            Set<String> labelsToRemove,
            SortedMap<String, String> annotations,
            Set<String> annotationsToRemove,
            SortedSet<String> changedKeys)
            implements SecretPlan {
        public boolean metadataOnly() {
            return changedKeys.isEmpty();
        }
    }

    /**
     * Server-side apply of our keys alone; what we no longer send goes.
     *
     * @param uid of the Secret to merge into; empty when the apply may create it
     */
    record Apply(
            SortedMap<String, String> labels,
            SortedMap<String, String> annotations,
            SortedSet<String> changedKeys,
            Optional<String> uid)
            implements SecretPlan {}

    /** Both as preconditions of the delete. */
    record Delete(String uid, String resourceVersion) implements SecretPlan {}

    /** Nothing to write into: no Merge target, or metadata for a Secret that is gone. */
    record Absent() implements SecretPlan {}

    /** All is as desired. */
    record Nothing() implements SecretPlan {}

    /** It must not be written. */
    record Refuse(WriteFailure failure) implements SecretPlan {}
}
