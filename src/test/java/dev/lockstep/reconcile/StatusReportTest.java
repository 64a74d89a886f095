package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lockstep.api.Condition;
import dev.lockstep.api.CreationPolicy;
import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretStatus;
import dev.lockstep.api.RefreshPolicy;
import dev.lockstep.api.StoreKind;
import dev.lockstep.api.ValueRef;
import dev.lockstep.cluster.ServedSchema;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteSecret;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.Decision;
import dev.lockstep.sync.DesiredSecretBuilder;
import dev.lockstep.sync.Generation;
import dev.lockstep.sync.Heartbeat;
import dev.lockstep.sync.SecretAnnotations;
import dev.lockstep.sync.Snapshot;
import dev.lockstep.sync.SyncFailure;
import dev.lockstep.sync.SyncHold;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.sync.Versions;
import dev.lockstep.watch.Sighting;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusReportTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final SourceFailure THROTTLED = new SourceFailure.Throttled("DescribeSecret");
    private static final ServedSchema ALL = new ServedSchema(true, true, true);
    private static final ServedSchema OF_ESO = new ServedSchema(false, false, false);

    private final StatusReport report = report(ALL);

    private static StatusReport report(ServedSchema served) {
        return new StatusReport(
                new Heartbeat(Duration.ofHours(1)), served, new RolledOut(Optional.empty()), START);
    }

    @Test
    void synced_isReady_withItsSourcesAndBinding() {
        var status = first(report, synced(1, seen(START)));
        assertThat(status.conditions())
                .extracting(Condition::type, Condition::status, Condition::reason)
                .containsExactly(
                        tuple("Ready", "True", "SecretSynced"),
                        tuple("SourceAvailable", "True", "Available"));
        assertThat(status.sources()).singleElement().returns("v1", s -> s.versionId());
        assertThat(status.binding().name()).isEqualTo("db");
        assertThat(status.refreshTime()).isEqualTo(START.toString());
    }

    @Test
    void underTheCrdsOfEso_readyStandsAlone_withoutSources() {
        var status = first(report(OF_ESO), synced(1, seen(START)));
        assertThat(status.conditions()).extracting(Condition::type).containsExactly("Ready");
        assertThat(status.sources()).isEmpty();
        assertThat(status.sourcesOmitted()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"31, 31,", "32, 32,", "33, 32, 1", "100, 32, 68"})
    void sources_areListedUpToThirtyTwo_andTheRestIsCounted(
            int sources, int listed, Integer omitted) {
        var status = first(report, synced(sources, seen(START)));
        assertThat(status.sources()).hasSize(listed);
        assertThat(status.sourcesOmitted()).isEqualTo(omitted);
    }

    @Test
    void nothingNew_isWrittenOncePerHeartbeat() {
        var before = first(report, synced(1, seen(START)));
        var writes =
                IntStream.range(1, 61)
                        .mapToObj(minute -> START.plus(Duration.ofMinutes(minute)))
                        .filter(
                                now ->
                                        report.status(
                                                        externalSecret(before),
                                                        synced(1, seen(now)),
                                                        now)
                                                .isPresent())
                        .findFirst();
        var written = writes.orElseThrow();
        var after =
                report.status(externalSecret(before), synced(1, seen(written)), written)
                        .orElseThrow();
        assertThat(report.status(externalSecret(after), synced(1, seen(written)), written))
                .isEmpty();
        assertThat(after.refreshTime()).isEqualTo(written.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "PT1M, PT9M59S, True",
        "PT1M, PT10M, False",
        "PT1H, PT1H59M, True",
        "PT1H, PT2H, False"
    })
    void aPassingTrouble_flipsReady_afterTwiceTheIntervalAndTenMinutesAtLeast(
            Duration interval, Duration later, String ready) {
        var before = first(report, synced(1, seen(START)));
        var now = START.plus(later);
        var failed =
                new Sighting.Failed(
                        new SourceException(THROTTLED), Optional.of(seen(START)), false);
        var status =
                report.status(externalSecret(before), synced(1, failed, interval), now)
                        .orElseThrow();
        assertThat(status.condition("Ready").orElseThrow().status()).isEqualTo(ready);
        assertThat(status.condition("SourceAvailable").orElseThrow())
                .returns("False", Condition::status)
                .returns("Throttled", Condition::reason);
    }

    @Test
    void aLastingFailure_flipsReadyAtOnce() {
        var before = first(report, synced(1, seen(START)));
        var failure = SyncFailure.lasting("NotJson", "prod/db is no JSON");
        var status =
                report.status(externalSecret(before), failed(failure), START.plusSeconds(1))
                        .orElseThrow();
        assertThat(status.condition("Ready").orElseThrow())
                .returns("False", Condition::status)
                .returns("NotJson", Condition::reason);
        assertThat(status.refreshTime()).isEqualTo(before.refreshTime());
    }

    @Test
    void whatWaitsForItsWindow_leavesReadyTrue_saysUntilWhen_andIsNoRefresh() {
        var before = first(report, synced(1, seen(START)));
        var opens = START.plus(Duration.ofMinutes(5));
        var waits = held(Optional.of(opens));
        var now = START.plusSeconds(10);
        var status = report.status(externalSecret(before), waits, now).orElseThrow();
        assertThat(status.condition("Ready").orElseThrow())
                .returns("True", Condition::status)
                .returns("SecretSynced", Condition::reason)
                .returns(
                        "the Secret carries what was synced last; what changed in AWS since waits until "
                                + opens
                                + " (spec.syncWindows)",
                        Condition::message);
        assertThat(status.refreshTime()).isEqualTo(before.refreshTime());
        assertThat(status.sources()).isEqualTo(before.sources());
        assertThat(report.next(externalSecret(status), waits, now))
                .isEqualTo(Duration.between(now, opens));
    }

    @Test
    void whatWaitsForItsWindow_isWrittenOnce_howeverLongItWaits() {
        var before = first(report, synced(1, seen(START)));
        var status = report.status(externalSecret(before), held(Optional.empty()), START);
        var later = START.plus(Duration.ofHours(5));
        assertThat(status.orElseThrow().condition("Ready").orElseThrow().message())
                .contains("no moment is in sight that its windows do not deny: shorten them");
        assertThat(
                        report.status(
                                externalSecret(status.orElseThrow()),
                                held(Optional.empty(), seen(later)),
                                later))
                .isEmpty();
    }

    private static SyncResult held(Optional<Instant> until) {
        return held(until, seen(START));
    }

    private static SyncResult held(Optional<Instant> until, Sighting sighting) {
        return SyncResult.held(
                synced(1, sighting).situation().orElseThrow(),
                new Decision.Held(Decision.Cause.VERSION_MOVED, new SyncHold(until)));
    }

    private static SyncResult failed(SyncFailure failure) {
        return new SyncResult(
                Optional.empty(),
                Optional.empty(),
                Optional.of(failure),
                Optional.of(START),
                Map.of(),
                SyncResult.Changes.NONE,
                true,
                Optional.of(START.plusSeconds(60)),
                Optional.empty());
    }

    private static ExternalSecretStatus first(StatusReport report, SyncResult result) {
        return report.status(externalSecret(null), result, START).orElseThrow();
    }

    private static SyncResult synced(int sources, Sighting sighting) {
        return synced(sources, sighting, Duration.ofHours(1));
    }

    private static SyncResult synced(int sources, Sighting sighting, Duration interval) {
        var reads = IntStream.range(0, sources).mapToObj(StatusReportTest::read).toList();
        var plan = new SyncPlan(reads, SecretAnnotations.Inputs.of("inputs", null));
        var refs = reads.stream().map(SyncPlan.Read::ref).toList();
        var found = each(refs, ref -> new RemoteVersion("arn", "v1"));
        var snapshot =
                new Snapshot(
                        CreationPolicy.Owner,
                        DeletionPolicy.Retain,
                        RefreshPolicy.Periodic,
                        interval,
                        plan,
                        new Versions.Known(found, Map.of()),
                        Optional.empty(),
                        "db",
                        Optional.empty(),
                        false,
                        false,
                        false,
                        false,
                        false,
                        Generation.NONE);
        var situation =
                new Situation(
                        externalSecret(null),
                        Map.of(),
                        List.of(),
                        new Sightings(plan, each(refs, ref -> sighting)),
                        interval,
                        DesiredSecretBuilder.aDesiredSecret().withoutData().build(),
                        snapshot);
        return SyncResult.succeeded(
                situation, SyncResult.Success.SECRET_SYNCED, found, SyncResult.Changes.NONE);
    }

    private static <V> Map<ValueRef, V> each(List<ValueRef> refs, Function<ValueRef, V> value) {
        return refs.stream().collect(Collectors.toMap(ref -> ref, value));
    }

    private static SyncPlan.Read read(int number) {
        var ref = new ValueRef(StoreKind.SecretStore, "aws", "key-" + number, "");
        return new SyncPlan.Read(ref, "uid", new RemoteKey(ref.key()), RequestedVersion.CURRENT);
    }

    private static Sighting.Seen seen(Instant checkedAt) {
        var secret =
                new RemoteSecret(
                        "arn",
                        "key",
                        Map.of("AWSCURRENT", "v1"),
                        null,
                        null,
                        null,
                        null,
                        false,
                        null);
        return new Sighting.Seen(secret, checkedAt);
    }

    private static ExternalSecret externalSecret(ExternalSecretStatus status) {
        var yaml =
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: db, namespace: team, uid: uid-of-db, generation: 1}
                spec: {secretStoreRef: {name: aws}}
                """;
        var externalSecret = Serialization.unmarshal(yaml, ExternalSecret.class);
        externalSecret.setStatus(status);
        return externalSecret;
    }
}
