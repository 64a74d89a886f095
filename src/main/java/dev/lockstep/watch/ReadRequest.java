package dev.lockstep.watch;

import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import java.util.Optional;

/**
 * A value to be read.
 *
 * @param asked the version that the spec asks for
 * @param seen the version that the index shows behind it, which is then the one read; empty where
 *     nothing is watched, so that the label decides
 */
public record ReadRequest(RemoteKey key, RequestedVersion asked, Optional<RemoteVersion> seen) {}
