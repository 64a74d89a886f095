package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.SourceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the watch knows of the secrets that one selector finds. */
public sealed interface Matches {

    /**
     * Not looked for yet, or what was found before anybody watched is yet to be described; who
     * searches is woken then.
     */
    record Pending() implements Matches {}

    /**
     * @param secrets in the order of their names; one that List does not show any more is among
     *     them until a Describe has confirmed that
     * @param foundMarked those among them that were marked for deletion before they were ever
     *     found, so that nobody can have read them since
     * @param checkedAt when the latest complete list began
     */
    record Known(List<RemoteSecret> secrets, Set<RemoteKey> foundMarked, Instant checkedAt)
            implements Matches {
        public Known {
            secrets = List.copyOf(secrets);
            foundMarked = Set.copyOf(foundMarked);
        }

        public List<RemoteKey> keys() {
            return secrets.stream().map(secret -> new RemoteKey(secret.name())).toList();
        }
    }

    /**
     * The last look failed.
     *
     * @param last what was found before; empty when nothing ever was looked for with success
     */
    record Failed(SourceException cause, Optional<Known> last) implements Matches {}

    /** The mode is Off: it is looked for them at every refresh interval, by who wants them. */
    record Unwatched() implements Matches {}
}
