package dev.lockstep.watch;

import dev.lockstep.source.RequestedVersion;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;

/** Which changes of a sighting someone who uses the key must hear of. */
final class Wakes {
    private Wakes() {}

    static boolean concerns(
            Sighting before, Sighting after, Collection<RequestedVersion> versions) {
        if (!before.getClass().equals(after.getClass())) {
            return true;
        }
        if (before instanceof Sighting.Seen was && after instanceof Sighting.Seen is) {
            return moved(was, is, versions);
        }
        return before instanceof Sighting.Failed was
                && after instanceof Sighting.Failed is
                && (fails(was, is) || movedMeanwhile(was.last(), is.last(), versions));
    }

    /** By kind: details of one trouble, such as which host refused, may flicker. */
    private static boolean fails(Sighting.Failed was, Sighting.Failed is) {
        return was.confirmedGone() != is.confirmedGone()
                || !was.cause().failure().reason().equals(is.cause().failure().reason());
    }

    private static boolean movedMeanwhile(
            Optional<Sighting.Seen> was,
            Optional<Sighting.Seen> is,
            Collection<RequestedVersion> versions) {
        return was.isPresent() && is.isPresent() && moved(was.get(), is.get(), versions);
    }

    private static boolean moved(
            Sighting.Seen was, Sighting.Seen is, Collection<RequestedVersion> versions) {
        return !Objects.equals(was.secret().deletionDate(), is.secret().deletionDate())
                || versions.stream()
                        .anyMatch(v -> !was.secret().version(v).equals(is.secret().version(v)));
    }
}
