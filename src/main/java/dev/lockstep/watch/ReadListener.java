package dev.lockstep.watch;

import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import java.time.Instant;

/** Told which version each read value was. */
@FunctionalInterface
public interface ReadListener {

    /**
     * @param asked how the value was asked for: by label, or by version id
     * @param version what the answer named
     * @param askedAt before the call, so that it is known what the answer may have missed
     */
    record Answer(RequestedVersion asked, RemoteVersion version, Instant askedAt) {}

    void saw(Identity identity, RemoteKey key, Answer answer);
}
