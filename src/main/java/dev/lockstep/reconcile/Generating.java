package dev.lockstep.reconcile;

import dev.lockstep.render.GeneratedValues;
import dev.lockstep.source.SecretBytes;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.TokenIssuer;
import dev.lockstep.sync.Generation.Made;
import dev.lockstep.sync.SyncFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Lets generators make their values. */
public final class Generating {
    private final TokenIssuer issuer;
    private final SecureRandom random;

    public Generating(TokenIssuer issuer, SecureRandom random) {
        this.issuer = issuer;
        this.random = random;
    }

    /**
     * @param byEntry of {@code dataFrom}
     * @param made empty where there is no generator
     */
    record Generated(Map<Integer, SortedMap<String, SecretBytes>> byEntry, Optional<Made> made) {}

    /**
     * @throws SyncException the first failure in the order of the spec
     */
    Generated make(List<OpenGenerator> generators, String namespace, Instant now)
            throws SyncException {
        var byEntry = new HashMap<Integer, SortedMap<String, SecretBytes>>();
        Optional<Duration> life = Optional.empty();
        for (var generator : generators) {
            var token = generator.token();
            var as = generator.as();
            if (token.isEmpty() || as.isEmpty()) {
                byEntry.put(
                        generator.entry(),
                        GeneratedValues.make(generator.generator().generates(), random));
                continue;
            }
            try {
                var issued = issuer.issue(as.get(), namespace, token.get());
                byEntry.put(generator.entry(), issued.values());
                life = shorter(life, Duration.between(now, issued.expiresAt()));
            } catch (SourceException e) {
                throw new SyncException(SyncFailure.of(e));
            }
        }
        return new Generated(byEntry, made(generators, life, now));
    }

    private static Optional<Made> made(
            List<OpenGenerator> generators, Optional<Duration> life, Instant now) {
        return generators.isEmpty() ? Optional.empty() : Optional.of(Made.of(now, life));
    }

    /**
     * When the values were made that an earlier operator left. The time that status names is when
     * it last refreshed, so its tokens are as old as that; whatever does not expire begins a new
     * period rather than be made anew.
     */
    static Optional<Made> adopted(Situation situation, Instant now) {
        if (situation.generators().isEmpty()) {
            return Optional.empty();
        }
        var life =
                situation.generators().stream()
                        .flatMap(generator -> generator.life().stream())
                        .reduce((one, other) -> one.compareTo(other) < 0 ? one : other);
        var refreshed = StatusMemory.refreshTime(situation.externalSecret(), now).orElse(now);
        var made = Made.of(refreshed, life);
        return life.isEmpty() && made.isDue(situation.refreshInterval(), now)
                ? Optional.of(Made.of(now, life))
                : Optional.of(made);
    }

    private static Optional<Duration> shorter(Optional<Duration> one, Duration other) {
        return one.filter(life -> life.compareTo(other) < 0).or(() -> Optional.of(other));
    }
}
