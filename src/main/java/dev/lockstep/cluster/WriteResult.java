package dev.lockstep.cluster;

import dev.lockstep.sync.TargetSecret;
import dev.lockstep.sync.WriteFailure;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What became of a Secret. */
public sealed interface WriteResult {

    /**
     * @param secret as it is now: caches may lag
     * @param changedKeys of data, never values; empty when only labels, annotations or ownership
     *     changed
     */
    record Written(TargetSecret secret, SortedSet<String> changedKeys, boolean created)
            implements WriteResult {
        public Written {
            changedKeys = Collections.unmodifiableSortedSet(new TreeSet<>(changedKeys));
        }

        public boolean metadataOnly() {
            return !created && changedKeys.isEmpty();
        }
    }

    /** All was as desired; nothing was written. */
    record Unchanged() implements WriteResult {}

    /** There is no Secret, and none was made: no Merge target, or nothing to put in. */
    record Absent() implements WriteResult {}

    /** The Secret was there and is gone. */
    record Deleted() implements WriteResult {}

    /** It was left as it is. */
    record Refused(WriteFailure failure) implements WriteResult {}
}
