package dev.lockstep.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.watch.Sighting.Failed;
import dev.lockstep.watch.Sighting.Pending;
import dev.lockstep.watch.Sighting.Seen;
import dev.lockstep.watch.Sighting.Unwatched;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WakesTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final Seen V1 = seen("arn-1", "v1", "p0", null);

    static Stream<Arguments> changes() {
        var refused = new SourceFailure.Unreachable("call", "connection refused");
        var timedOut = new SourceFailure.Unreachable("call", "timed out");
        var missing = new SourceFailure.NotFound("key", "region");
        return Stream.of(
                argumentSet("first look", new Pending(), V1, true),
                argumentSet("same again", V1, V1, false),
                argumentSet("later", V1, new Seen(V1.secret(), NOW.plusSeconds(60)), false),
                argumentSet("label moved", V1, seen("arn-1", "v2", "p0", null), true),
                argumentSet("other label moved", V1, seen("arn-1", "v1", "p1", null), false),
                argumentSet("made again", V1, seen("arn-2", "v1", "p0", null), true),
                argumentSet("marked for deletion", V1, seen("arn-1", "v1", "p0", NOW), true),
                argumentSet("fails", V1, failed(refused, V1, false), true),
                argumentSet("recovers", failed(refused, V1, false), V1, true),
                argumentSet(
                        "fails otherwise",
                        failed(refused, V1, false),
                        failed(new SourceFailure.Throttled("call"), V1, false),
                        true),
                argumentSet(
                        "fails with another detail",
                        failed(refused, V1, false),
                        failed(timedOut, V1, false),
                        false),
                argumentSet("gone", failed(missing, V1, false), failed(missing, V1, true), true),
                argumentSet(
                        "moved while failing",
                        failed(refused, V1, false),
                        failed(refused, seen("arn-1", "v2", "p0", null), false),
                        true),
                argumentSet("unwatched", V1, new Unwatched("r", Optional.of(V1)), true),
                argumentSet(
                        "unwatched as before",
                        new Unwatched("r", Optional.empty()),
                        new Unwatched("r", Optional.of(V1)),
                        false));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aUserOfAwsCurrent_hearsOfWhatConcernsIt(Sighting before, Sighting after, boolean wakes) {
        assertThat(Wakes.concerns(before, after, List.of(RequestedVersion.CURRENT)))
                .isEqualTo(wakes);
    }

    private static Seen seen(
            String arn, String current, String previous, @Nullable Instant deletionDate) {
        var labels = Map.of("AWSCURRENT", current, "AWSPREVIOUS", previous);
        return new Seen(
                new RemoteSecret(arn, "key", labels, null, null, null, null, false, deletionDate),
                NOW);
    }

    private static Failed failed(SourceFailure failure, Seen last, boolean gone) {
        return new Failed(new SourceException(failure), Optional.of(last), gone);
    }
}
