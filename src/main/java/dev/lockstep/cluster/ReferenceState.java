package dev.lockstep.cluster;

import dev.lockstep.source.Identity;

/**
 * All that is kept of a referenced Secret or ConfigMap.
 *
 * @param dataHash over all keys and values
 */
public record ReferenceState(Identity.ObjectVersion version, String dataHash) {}
