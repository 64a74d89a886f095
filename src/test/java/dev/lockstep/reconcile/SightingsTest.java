package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.StoreKind;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.SecretAnnotations;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.sync.Versions;
import dev.lockstep.watch.Sighting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SightingsTest {
    private static final ValueRef A = ref("a");
    private static final ValueRef B = ref("b");
    private static final Instant CHECKED = Instant.parse("2026-01-01T00:00:00Z");
    private static final SourceFailure NOT_FOUND = new SourceFailure.NotFound("a", "eu-west-1");
    private static final SourceFailure THROTTLED = new SourceFailure.Throttled("DescribeSecret");
    private static final Versions SEEN =
            new Versions.Known(
                    Map.of(
                            A,
                            new RemoteVersion("arn-a", "v1"),
                            B,
                            new RemoteVersion("arn-b", "v1")),
                    Map.of());

    @Test
    void everythingSeen_isKnown() {
        assertThat(versions(seen("a"))).isEqualTo(SEEN);
    }

    @Test
    void oneNotLookedAt_isPending() {
        assertThat(versions(new Sighting.Pending())).isEqualTo(new Versions.Pending());
    }

    @Test
    void oneUnwatched_isUnwatched() {
        assertThat(versions(new Sighting.Unwatched("DescribeDenied", Optional.empty())))
                .isEqualTo(new Versions.Unwatched());
    }

    @Test
    void whatAnUnwatchedKeyShowedLast_isKeptToAskWhetherItIsGone() {
        var sightings = sightings(new Sighting.Unwatched("", Optional.of(seen("a"))));
        assertThat(sightings.versionIds()).containsOnly(Map.entry(A, "v1"), Map.entry(B, "v1"));
    }

    @Test
    void aMissingLabel_isVersionNotFound() {
        var secret = new Sighting.Seen(secret("a", Map.of("AWSPENDING", "v1"), null), CHECKED);
        assertThat(versions(secret))
                .isEqualTo(
                        new Versions.Unavailable(
                                new SourceFailure.VersionNotFound("a", RequestedVersion.CURRENT)));
    }

    @Test
    void aPassingTrouble_leavesWhatWasSeen_andIsTold() {
        var failed = failed(THROTTLED, Optional.of(seen("a")), false);
        assertThat(versions(failed)).isEqualTo(SEEN);
        assertThat(sightings(failed).trouble()).contains(SyncFailure.of(THROTTLED));
        assertThat(sightings(failed).checkedAt()).contains(CHECKED);
    }

    @Test
    void aPassingTroubleBeforeTheFirstLook_isPending() {
        assertThat(versions(failed(THROTTLED, Optional.empty(), false)))
                .isEqualTo(new Versions.Pending());
    }

    @Test
    void gone_isUnavailableUnderRetain() {
        assertThat(versions(failed(NOT_FOUND, Optional.of(seen("a")), true)))
                .isEqualTo(new Versions.Unavailable(NOT_FOUND));
    }

    @Test
    void gone_isLeftOutUnderDelete() {
        var sightings = sightings(failed(NOT_FOUND, Optional.of(seen("a")), true));
        assertThat(sightings.versions(DeletionPolicy.Delete))
                .isEqualTo(
                        new Versions.Known(
                                Map.of(B, new RemoteVersion("arn-b", "v1")), Map.of(A, NOT_FOUND)));
    }

    @Test
    void goneButNotConfirmed_isUnavailableUnderDelete() {
        var sightings = sightings(failed(NOT_FOUND, Optional.of(seen("a")), false));
        assertThat(sightings.versions(DeletionPolicy.Delete))
                .isEqualTo(new Versions.Unavailable(NOT_FOUND));
    }

    @Test
    void markedForDeletion_keepsItsVersions_andIsTold() {
        var date = Instant.parse("2026-02-01T00:00:00Z");
        var marked = new Sighting.Seen(secret("a", Map.of("AWSCURRENT", "v1"), date), CHECKED);
        assertThat(versions(marked)).isEqualTo(SEEN);
        assertThat(sightings(marked).trouble().orElseThrow().message())
                .contains("marked for deletion on 2026-02-01");
    }

    private static Versions versions(Sighting ofA) {
        return sightings(ofA).versions(DeletionPolicy.Retain);
    }

    /** Of two values, a as given and b seen. */
    private static Sightings sightings(Sighting ofA) {
        var plan =
                new SyncPlan(
                        List.of(read(A), read(B)), SecretAnnotations.Inputs.of("inputs", null));
        return new Sightings(plan, Map.of(A, ofA, B, seen("b")));
    }

    private static Sighting.Failed failed(
            SourceFailure failure, Optional<Sighting.Seen> last, boolean confirmedGone) {
        return new Sighting.Failed(new SourceException(failure), last, confirmedGone);
    }

    private static Sighting.Seen seen(String name) {
        return new Sighting.Seen(secret(name, Map.of("AWSCURRENT", "v1"), null), CHECKED);
    }

    private static RemoteSecret secret(
            String name, Map<String, String> versions, @Nullable Instant deletionDate) {
        return new RemoteSecret(
                "arn-" + name, name, versions, null, null, null, null, false, deletionDate);
    }

    private static SyncPlan.Read read(ValueRef ref) {
        return new SyncPlan.Read(
                ref, "uid", new RemoteKey(ref.key()), RequestedVersion.parse(ref.version()));
    }

    private static ValueRef ref(String key) {
        return new ValueRef(StoreKind.SecretStore, "aws", key, "");
    }
}
