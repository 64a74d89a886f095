package dev.lockstep.sync;

import dev.lockstep.api.ValueRef;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.SourceFailure;
import java.util.Map;

/** What is known of the versions that a Secret should carry. */
public sealed interface Versions {

    /**
     * @param found the version behind each value that is asked for by label and exists
     * @param gone values whose remote secret does not exist any more, with the failure that says so
     */
    record Known(Map<ValueRef, RemoteVersion> found, Map<ValueRef, SourceFailure> gone)
            implements Versions {
        public Known {
            found = Map.copyOf(found);
            gone = Map.copyOf(gone);
        }
    }

    /** Not looked at yet; the watch wakes the ExternalSecret when it has. */
    record Pending() implements Versions {}

    /** Nothing watches some of them, so values are read at every refresh interval. */
    record Unwatched() implements Versions {}

    /** One of them cannot be had, and waiting does not help. */
    record Unavailable(SourceFailure failure) implements Versions {}
}
