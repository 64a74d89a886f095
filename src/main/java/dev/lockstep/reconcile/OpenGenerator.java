package dev.lockstep.reconcile;

import dev.lockstep.api.EcrAuthorizationTokenSpec;
import dev.lockstep.api.Generator;
import dev.lockstep.api.GeneratorName;
import dev.lockstep.api.Store;
import dev.lockstep.api.StsSessionTokenSpec;
import dev.lockstep.source.TokenRequest;
import dev.lockstep.sync.Generation;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A generator that may be used.
 *
 * @param entry the number of its entry in {@code dataFrom}
 */
record OpenGenerator(int entry, GeneratorName name, Generator generator) {
    /** How long AWS's tokens last where nobody asks for less. */
    private static final Duration HALF_A_DAY = Duration.ofHours(12);

    Generation.Use use() {
        var metadata = generator.getMetadata();
        return new Generation.Use(
                metadata.getUid(), Objects.requireNonNullElse(metadata.getGeneration(), 0L));
    }

    /** What to ask a provider for; empty where the values are made here. */
    Optional<TokenRequest> token() {
        if (generator.generates() instanceof EcrAuthorizationTokenSpec ecr) {
            return Optional.of(
                    ecr.ofPublicRegistry()
                            ? new TokenRequest.PublicRegistry()
                            : new TokenRequest.PrivateRegistry());
        }
        if (generator.generates() instanceof StsSessionTokenSpec sts) {
            var parameters = sts.parameters();
            return Optional.of(
                    new TokenRequest.Session(
                            Optional.ofNullable(parameters.sessionDuration()),
                            parameters.serialNumberOrEmpty(),
                            parameters.tokenCodeOrEmpty()));
        }
        return Optional.empty();
    }

    /** Who asks for it; empty where the values are made here. */
    Optional<Store> as() {
        return GeneratorIdentity.store(generator);
    }

    /** How long what it makes lasts by its spec; empty where it does not expire. */
    Optional<Duration> life() {
        return token().map(
                        request ->
                                request instanceof TokenRequest.Session session
                                        ? session.seconds()
                                                .map(Duration::ofSeconds)
                                                .orElse(HALF_A_DAY)
                                        : HALF_A_DAY);
    }
}
