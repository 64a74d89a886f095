package dev.lockstep.source;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A token as its parts.
 *
 * @param values by the keys that the API gives them
 * @param expiresAt from then on nobody takes it
 */
public record IssuedToken(SortedMap<String, SecretBytes> values, Instant expiresAt) {
    public IssuedToken {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
