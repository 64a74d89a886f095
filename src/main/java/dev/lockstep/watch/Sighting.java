package dev.lockstep.watch;

import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SourceException;
import java.time.Instant;
import java.util.Optional;

/** What the watch knows of one key of one identity. */
public sealed interface Sighting {

    /** Not looked at yet; who uses the key is woken when it was. */
    record Pending() implements Sighting {}

    /**
     * @param checkedAt when its versions were last looked at: Describe, Get, or a complete sweep
     */
    record Seen(RemoteSecret secret, Instant checkedAt) implements Sighting {}

    /**
     * The last look failed.
     *
     * @param last what was seen before; empty when nothing ever was
     * @param confirmedGone whether DescribeSecret answered that the secret itself does not exist
     */
    record Failed(SourceException cause, Optional<Seen> last, boolean confirmedGone)
            implements Sighting {}

    /**
     * Nothing watches it: the mode is Off, or List and Describe are both denied. Its value is read
     * at every refresh interval.
     *
     * @param reason for the store's status; empty where mode Off was asked for
     * @param last what Describe, before it was denied, or a Get saw last: where Describe is denied,
     *     only a read of that version id can tell that the secret is gone
     */
    record Unwatched(String reason, Optional<Seen> last) implements Sighting {}
}
