package dev.lockstep.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.api.DeletionPolicy;
import dev.lockstep.api.FindRef;
import dev.lockstep.api.RefreshPolicy;
import dev.lockstep.api.StoreKind;
import dev.lockstep.api.ValueRef;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.Selector;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.Decision.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each check by itself, and which of two goes first. */
class DecisionTest {
    private static final ValueRef REF = new ValueRef(StoreKind.SecretStore, "aws", "db", "");
    private static final RemoteVersion V1 = new RemoteVersion("arn:aws:x:db-AAAAAA", "v1");
    private static final RemoteVersion V2 = new RemoteVersion("arn:aws:x:db-AAAAAA", "v2");
    private static final SecretAnnotations.Inputs INPUTS =
            SecretAnnotations.Inputs.of("inputs", null);
    private static final Generation.Use GENERATOR = new Generation.Use("g", 1);
    private static final SyncPlan PLAN =
            new SyncPlan(
                    List.of(
                            new SyncPlan.Read(
                                    REF,
                                    "store-uid",
                                    new RemoteKey("db"),
                                    RequestedVersion.CURRENT)),
                    INPUTS);
    private static final SourceFailure NOT_FOUND = new SourceFailure.NotFound("db", "eu-west-1");
    private static final Versions GONE = new Versions.Known(Map.of(), Map.of(REF, NOT_FOUND));
    private static final String NAME = "database";
    private static final SyncHold HOLD = new SyncHold(Optional.of(Instant.EPOCH));

    @Test
    void nothingChanged_isInStep() {
        assertThat(decide(aSnapshot())).isEqualTo(new Decision.InStep());
    }

    @ParameterizedTest
    @CsvSource({
        "Retain, true, false, Retain",
        "Retain, false, false, Retain",
        "Delete, true, false, Delete",
        "Delete, true, true, Fail",
        "Delete, false, false, StayDeleted",
        "Merge, true, false, Sync",
    })
    void nothingFound_isDecidedByThePolicy(
            DeletionPolicy policy, boolean there, boolean changed, String decision) {
        var inputs = changed ? SecretAnnotations.Inputs.of("others", null) : INPUTS;
        var plan = finding(inputs);
        var snapshot = aSnapshot().versions(new Versions.Known(Map.of(), Map.of())).policy(policy);

        var decided = Decision.of((there ? snapshot : snapshot.without()).build().with(plan));

        assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
    }

    private static SyncPlan finding(SecretAnnotations.Inputs inputs) {
        var find = new FindRef(StoreKind.SecretStore, "aws", "app/", "", Map.of());
        var finding =
                new SyncPlan.Finding(
                        find, "store-uid", new Selector("app/", Optional.empty(), Map.of()));
        return new SyncPlan(List.of(), List.of(finding), Map.of(find, List.of()), true, inputs);
    }

    @Test
    void labelsThatATemplateMakes_areMadeAnew() {
        assertThat(decide(aSnapshot().metadataDiffers().metadataIsMade()))
                .isEqualTo(sync(Cause.TARGET_DRIFTED));
    }

    @Test
    void aSecretOfEsoThatWouldVaryByItself_isAdoptedUnread() {
        assertThat(decide(aSnapshot().writtenByEso().varies())).isEqualTo(new Decision.Adopt());
    }

    @Test
    void aSecretOfEsoThatWouldVaryByItself_isAdoptedOnceItsVersionsAreKnown() {
        assertThat(decide(aSnapshot().writtenByEso().varies().versions(new Versions.Pending())))
                .isEqualTo(new Decision.AwaitVersions(Optional.of(Cause.INPUTS_CHANGED)));
    }

    @Test
    void aSecretOfEsoThatWasEdited_isSyncedThoughItVaries() {
        assertThat(decide(aSnapshot().writtenByEso().drifted().varies()))
                .isEqualTo(sync(Cause.TARGET_DRIFTED));
    }

    @Test
    void aSecretOfOurs_isSyncedAsEverThoughItVaries() {
        assertThat(decide(aSnapshot().varies())).isEqualTo(new Decision.InStep());
        assertThat(
                        decide(
                                aSnapshot()
                                        .varies()
                                        .versions(new Versions.Known(Map.of(REF, V2), Map.of()))))
                .isEqualTo(sync(Cause.VERSION_MOVED));
    }

    @Test
    void noSecret_isSynced() {
        assertThat(decide(aSnapshot().without())).isEqualTo(sync(Cause.TARGET_MISSING));
    }

    @Test
    void noSecret_isSyncedOnceVersionsAreKnown() {
        assertThat(decide(aSnapshot().without().versions(new Versions.Pending())))
                .isEqualTo(new Decision.AwaitVersions(Optional.of(Cause.TARGET_MISSING)));
    }

    @Test
    void otherData_isSynced() {
        assertThat(decide(aSnapshot().drifted())).isEqualTo(sync(Cause.TARGET_DRIFTED));
    }

    @Test
    void otherDataWithoutItsHash_isSynced() {
        assertThat(decide(aSnapshot().drifted().withoutHash()))
                .isEqualTo(sync(Cause.TARGET_DRIFTED));
    }

    @Test
    void otherInputs_areSynced() {
        var before = SecretAnnotations.Inputs.of("before", null);
        assertThat(decide(aSnapshot().carrying(before))).isEqualTo(sync(Cause.INPUTS_CHANGED));
    }

    @Test
    void forceSync_isSynced() {
        var before = SecretAnnotations.Inputs.of("inputs", "yesterday");
        assertThat(decide(aSnapshot().carrying(before))).isEqualTo(sync(Cause.INPUTS_CHANGED));
    }

    @Test
    void aSecretOfAnotherOperator_isSyncedOnce() {
        assertThat(decide(aSnapshot().writtenByEso())).isEqualTo(sync(Cause.INPUTS_CHANGED));
    }

    @Test
    void aMovedVersion_isSynced() {
        assertThat(decide(aSnapshot().versions(known(V2)))).isEqualTo(sync(Cause.VERSION_MOVED));
    }

    @Test
    void theSameVersionIdOfAnotherArn_isAMovedVersion() {
        var madeAgain = new RemoteVersion("arn:aws:x:db-BBBBBB", "v1");
        assertThat(decide(aSnapshot().versions(known(madeAgain))))
                .isEqualTo(sync(Cause.VERSION_MOVED));
    }

    /** Semantics 6. */
    @Nested
    class WhileAWindowHoldsSyncs {

        @Test
        void aMovedVersion_waits() {
            assertThat(decide(aSnapshot().hold().versions(known(V2))))
                    .isEqualTo(new Decision.Held(Cause.VERSION_MOVED, HOLD));
        }

        @Test
        void theRefreshInterval_waits() {
            assertThat(decide(aSnapshot().hold().versions(new Versions.Unwatched()).refreshDue()))
                    .isEqualTo(new Decision.Held(Cause.REFRESH_DUE, HOLD));
        }

        @Test
        void theDeletionOfWhatIsGone_waits() {
            var gone = aSnapshot().hold().versions(GONE).policy(DeletionPolicy.Delete);
            assertThat(decide(gone)).isEqualTo(new Decision.Held(Cause.VERSION_MOVED, HOLD));
        }

        @Test
        void theDeletionWhereNothingIsFound_waits() {
            var nothing = new Versions.Known(Map.of(), Map.of());
            var snapshot = aSnapshot().hold().versions(nothing).policy(DeletionPolicy.Delete);

            assertThat(Decision.of(snapshot.build().with(finding(INPUTS))))
                    .isEqualTo(new Decision.Held(Cause.VERSION_MOVED, HOLD));
        }

        @Test
        void creation_doesNot() {
            assertThat(decide(aSnapshot().hold().without())).isEqualTo(sync(Cause.TARGET_MISSING));
        }

        @Test
        void drift_doesNot() {
            assertThat(decide(aSnapshot().hold().versions(known(V2)).drifted()))
                    .isEqualTo(sync(Cause.TARGET_DRIFTED));
        }

        @Test
        void aChangedSpec_doesNot() {
            var before = SecretAnnotations.Inputs.of("before", null);
            assertThat(decide(aSnapshot().hold().carrying(before)))
                    .isEqualTo(sync(Cause.INPUTS_CHANGED));
        }

        @Test
        void forceSync_doesNot() {
            var before = SecretAnnotations.Inputs.of("inputs", "yesterday");
            assertThat(decide(aSnapshot().hold().versions(known(V2)).carrying(before)))
                    .isEqualTo(sync(Cause.INPUTS_CHANGED));
        }

        @Test
        void otherMetadata_doesNot() {
            assertThat(decide(aSnapshot().hold().versions(known(V2)).metadataDiffers()))
                    .isEqualTo(new Decision.WriteMetadata());
        }

        @Test
        void nothingChanged_isInStep() {
            assertThat(decide(aSnapshot().hold())).isEqualTo(new Decision.InStep());
        }
    }

    @Test
    void otherMetadata_isWrittenWithoutARead() {
        assertThat(decide(aSnapshot().metadataDiffers())).isEqualTo(new Decision.WriteMetadata());
    }

    @Test
    void versionsNotKnownYet_areAwaited() {
        assertThat(decide(aSnapshot().versions(new Versions.Pending())))
                .isEqualTo(new Decision.AwaitVersions(Optional.empty()));
    }

    @Test
    void aSecretThatCannotBeHad_fails() {
        assertThat(decide(aSnapshot().versions(new Versions.Unavailable(NOT_FOUND))))
                .isEqualTo(new Decision.Fail(NOT_FOUND));
    }

    @Nested
    class Generated {
        private static final Instant MADE = Instant.parse("2026-03-01T10:00:00Z");

        @Test
        void valuesOfTheirPeriod_areInStep() {
            assertThat(decide(aSnapshot().generatedAt(MADE, false)))
                    .isEqualTo(new Decision.InStep());
        }

        @Test
        void driftOfMetadata_makesNoNewValues() {
            assertThat(decide(aSnapshot().generatedAt(MADE, false).metadataDiffers()))
                    .isEqualTo(new Decision.WriteMetadata());
        }

        @Test
        void atTheEndOfTheirPeriod_newOnesAreMade() {
            assertThat(decide(aSnapshot().dueAt(MADE))).isEqualTo(sync(Cause.REFRESH_DUE));
        }

        @Test
        void aTokenThatNearsItsEnd_isRenewedThoughTheIntervalIsZero() {
            assertThat(decide(aSnapshot().interval(Duration.ZERO).generatedAt(MADE, true)))
                    .isEqualTo(sync(Cause.REFRESH_DUE));
        }

        @Test
        void aWindow_holdsTheRefreshBack_butNoTokenThatNearsItsEnd() {
            assertThat(decide(aSnapshot().dueAt(MADE).hold()))
                    .isEqualTo(new Decision.Held(Cause.REFRESH_DUE, HOLD));
            assertThat(decide(aSnapshot().generatedAt(MADE, true).hold()))
                    .isEqualTo(sync(Cause.REFRESH_DUE));
        }

        @Test
        void underOnChange_nothingIsRenewed() {
            assertThat(decide(aSnapshot().policy(RefreshPolicy.OnChange).generatedAt(MADE, true)))
                    .isEqualTo(new Decision.InStep());
        }

        @Test
        void aChangedGenerator_isAMovedVersion() {
            assertThat(
                            decide(
                                    aSnapshot()
                                            .generatedAt(MADE, false)
                                            .generatorIs(new Generation.Use("g", 2))))
                    .isEqualTo(sync(Cause.VERSION_MOVED));
        }

        @Test
        void aGeneratorMadeAgain_isAMovedVersion() {
            assertThat(
                            decide(
                                    aSnapshot()
                                            .generatedAt(MADE, false)
                                            .generatorIs(new Generation.Use("h", 1))))
                    .isEqualTo(sync(Cause.VERSION_MOVED));
        }

        @Test
        void valuesOfAnotherOperator_areAdoptedAndNotMadeAnew() {
            assertThat(decide(aSnapshot().writtenByEso().neverGenerated()))
                    .isEqualTo(new Decision.Adopt());
        }

        @Test
        void valuesOfAnotherOperator_thatSomebodyChanged_areMadeAnew() {
            assertThat(decide(aSnapshot().writtenByEso().drifted().neverGenerated()))
                    .isEqualTo(sync(Cause.TARGET_DRIFTED));
        }

        @Test
        void anAbsentSecret_isMade() {
            assertThat(decide(aSnapshot().without().neverGenerated()))
                    .isEqualTo(sync(Cause.TARGET_MISSING));
        }

        @Test
        void allRemoteSecretsGone_takeNothingThatAGeneratorMade() {
            var gone = new Versions.Known(Map.of(), Map.of(REF, NOT_FOUND));
            assertThat(
                            decide(
                                    aSnapshot()
                                            .policy(DeletionPolicy.Delete)
                                            .generatedAt(MADE, false)
                                            .versions(gone)))
                    .isNotInstanceOf(Decision.Delete.class);
        }
    }

    @Nested
    class Unwatched {
        private final SnapshotBuilder unwatched = aSnapshot().versions(new Versions.Unwatched());

        @Test
        void beforeTheRefreshInterval_isInStep() {
            assertThat(decide(unwatched)).isEqualTo(new Decision.InStep());
        }

        @Test
        void atTheRefreshInterval_isSynced() {
            assertThat(decide(unwatched.refreshDue())).isEqualTo(sync(Cause.REFRESH_DUE));
        }
    }

    @Nested
    class OnChange {
        private final SnapshotBuilder onChange = aSnapshot().policy(RefreshPolicy.OnChange);

        @Test
        void aMovedVersion_isNotFollowed() {
            assertThat(decide(onChange.versions(known(V2)))).isEqualTo(new Decision.InStep());
        }

        @Test
        void versionsNotKnown_areNotAwaited() {
            assertThat(decide(onChange.versions(new Versions.Pending())))
                    .isEqualTo(new Decision.InStep());
        }

        @Test
        void otherInputs_areSynced() {
            var before = SecretAnnotations.Inputs.of("before", null);
            assertThat(decide(onChange.carrying(before))).isEqualTo(sync(Cause.INPUTS_CHANGED));
        }
    }

    @Nested
    class WrittenOnce {
        private final SnapshotBuilder once = aSnapshot().policy(RefreshPolicy.CreatedOnce);

        @Test
        void noSecret_isSynced() {
            assertThat(decide(once.without())).isEqualTo(sync(Cause.TARGET_MISSING));
        }

        @Test
        void aSecretThatCarriesAnnotations_isDone_whateverChanges() {
            var before = SecretAnnotations.Inputs.of("before", null);
            assertThat(decide(once.carrying(before).versions(known(V2)).drifted()))
                    .isEqualTo(new Decision.InStep());
        }

        @Test
        void aSecretThatEsoWrote_isAdoptedUnread() {
            assertThat(decide(once.writtenByEso())).isEqualTo(new Decision.Adopt());
        }

        @Test
        void aSecretThatEsoWroteAndSomebodyChanged_isSynced() {
            assertThat(decide(once.writtenByEso().drifted())).isEqualTo(sync(Cause.TARGET_DRIFTED));
        }

        @Test
        void anIntervalOfZero_isTheSame() {
            assertThat(decide(aSnapshot().interval(Duration.ZERO).versions(known(V2))))
                    .isEqualTo(new Decision.InStep());
        }
    }

    @Nested
    class Orphan {
        private final SnapshotBuilder orphan = aSnapshot().policy(CreationPolicy.Orphan);

        @Test
        void otherData_waitsForTheRefreshInterval() {
            assertThat(decide(orphan.drifted())).isEqualTo(new Decision.InStep());
        }

        @Test
        void otherData_isSyncedAtTheRefreshInterval() {
            assertThat(decide(orphan.drifted().refreshDue())).isEqualTo(sync(Cause.TARGET_DRIFTED));
        }
    }

    @Nested
    class Merge {

        @Test
        void noSecretToMergeInto_isAwaited() {
            assertThat(decide(aSnapshot().policy(CreationPolicy.Merge).without()))
                    .isEqualTo(new Decision.AwaitTarget());
        }

        @Test
        void noSecret_isMadeUnderCreateOrMerge() {
            assertThat(decide(aSnapshot().policy(CreationPolicy.CreateOrMerge).without()))
                    .isEqualTo(sync(Cause.TARGET_MISSING));
        }
    }

    @Nested
    class NothingWritten {
        private final SnapshotBuilder none = aSnapshot().policy(CreationPolicy.None).without();

        @Test
        void aStatusThatTellsOfThis_isInStep() {
            assertThat(decide(none.statusInStep())).isEqualTo(new Decision.InStep());
        }

        @Test
        void anotherStatus_isSynced() {
            assertThat(decide(none)).isEqualTo(sync(Cause.INPUTS_CHANGED));
        }

        @Test
        void unwatched_isReadAtTheRefreshInterval() {
            assertThat(decide(none.statusInStep().versions(new Versions.Unwatched()).refreshDue()))
                    .isEqualTo(sync(Cause.REFRESH_DUE));
        }
    }

    @Nested
    class Gone {
        private final SnapshotBuilder gone =
                aSnapshot().policy(DeletionPolicy.Delete).versions(GONE);

        @Test
        void underDelete_theSecretGoes() {
            assertThat(decide(gone)).isEqualTo(new Decision.Delete());
        }

        @Test
        void underDelete_anAbsentSecretIsNotMadeAgain() {
            assertThat(decide(gone.without())).isEqualTo(new Decision.StayDeleted());
        }

        @Test
        void afterAChangeOfInputs_isAnError_andTheSecretStays() {
            var before = SecretAnnotations.Inputs.of("before", null);
            assertThat(decide(gone.carrying(before))).isEqualTo(new Decision.Fail(NOT_FOUND));
        }

        @Test
        void afterAForceSyncAlone_theSecretGoes() {
            var before = SecretAnnotations.Inputs.of("inputs", "yesterday");
            assertThat(decide(gone.carrying(before))).isEqualTo(new Decision.Delete());
        }

        @Test
        void beforeWeEverWroteTheSecret_isAnError() {
            assertThat(decide(gone.writtenByEso())).isEqualTo(new Decision.Fail(NOT_FOUND));
        }

        @Test
        void underMerge_theSecretIsSyncedWithoutTheKey() {
            assertThat(decide(gone.policy(DeletionPolicy.Merge)))
                    .isEqualTo(sync(Cause.VERSION_MOVED));
        }
    }

    private static Decision decide(SnapshotBuilder snapshot) {
        return Decision.of(snapshot.build());
    }

    private static Decision sync(Cause cause) {
        return new Decision.Sync(cause);
    }

    private static Versions known(RemoteVersion version) {
        return new Versions.Known(Map.of(REF, version), Map.of());
    }

    private static SnapshotBuilder aSnapshot() {
        return new SnapshotBuilder();
    }

    /** A Secret in step, and what may be different about it. */
    private static final class SnapshotBuilder {
        private Optional<SyncHold> hold = Optional.empty();
        private CreationPolicy creation = CreationPolicy.Owner;
        private DeletionPolicy deletion = DeletionPolicy.Retain;
        private RefreshPolicy refresh = RefreshPolicy.Periodic;
        private Duration interval = Duration.ofHours(1);
        private Versions versions = known(V1);
        private boolean present = true;
        private boolean drifted;
        private boolean hashed = true;
        private Optional<SecretAnnotations.Inputs> carried = Optional.of(INPUTS);
        private boolean refreshDue;
        private boolean statusInStep;
        private boolean metadataDiffers;
        private boolean metadataIsMade;
        private boolean varies;

        SnapshotBuilder policy(CreationPolicy policy) {
            creation = policy;
            return this;
        }

        SnapshotBuilder policy(DeletionPolicy policy) {
            deletion = policy;
            return this;
        }

        SnapshotBuilder policy(RefreshPolicy policy) {
            refresh = policy;
            return this;
        }

        SnapshotBuilder interval(Duration duration) {
            interval = duration;
            return this;
        }

        SnapshotBuilder versions(Versions known) {
            versions = known;
            return this;
        }

        SnapshotBuilder without() {
            present = false;
            return this;
        }

        SnapshotBuilder drifted() {
            drifted = true;
            return this;
        }

        SnapshotBuilder hold() {
            hold = Optional.of(HOLD);
            return this;
        }

        SnapshotBuilder withoutHash() {
            hashed = false;
            return this;
        }

        SnapshotBuilder carrying(SecretAnnotations.Inputs inputs) {
            carried = Optional.of(inputs);
            return this;
        }

        SnapshotBuilder writtenByEso() {
            carried = Optional.empty();
            return this;
        }

        SnapshotBuilder refreshDue() {
            refreshDue = true;
            return this;
        }

        SnapshotBuilder statusInStep() {
            statusInStep = true;
            return this;
        }

        SnapshotBuilder metadataDiffers() {
            metadataDiffers = true;
            return this;
        }

        SnapshotBuilder metadataIsMade() {
            metadataIsMade = true;
            return this;
        }

        SnapshotBuilder varies() {
            varies = true;
            return this;
        }

        /** It uses a generator whose values are of that time, and was written so by us. */
        SnapshotBuilder generatedAt(Instant at, boolean due) {
            made = Optional.of(new Generation.Made(at, Optional.empty()));
            generation = new Generation(List.of(GENERATOR), made, due, due);
            return this;
        }

        /** The same with new values due by the refresh interval, and no token among them. */
        SnapshotBuilder dueAt(Instant at) {
            made = Optional.of(new Generation.Made(at, Optional.empty()));
            generation = new Generation(List.of(GENERATOR), made, true, false);
            return this;
        }

        /** It uses a generator, and no Secret tells when that made values. */
        SnapshotBuilder neverGenerated() {
            generation = new Generation(List.of(GENERATOR), Optional.empty(), false, false);
            return this;
        }

        /** The generator is another now than when it made the values. */
        SnapshotBuilder generatorIs(Generation.Use use) {
            generation = new Generation(List.of(use), made, false, false);
            return this;
        }

        Snapshot build() {
            return new Snapshot(
                    creation,
                    deletion,
                    refresh,
                    interval,
                    PLAN,
                    versions,
                    present ? Optional.of(target()) : Optional.empty(),
                    NAME,
                    hold,
                    refreshDue,
                    statusInStep,
                    metadataDiffers,
                    metadataIsMade,
                    varies,
                    generation);
        }

        private static final Generation WITH_GENERATOR =
                new Generation(List.of(GENERATOR), Optional.empty(), false, false);

        private Generation generation = Generation.NONE;
        private Optional<Generation.Made> made = Optional.empty();

        private TargetSecret target() {
            var names = SecretAnnotations.of(creation, NAME);
            var annotations = new HashMap<String, String>();
            if (hashed) {
                annotations.put(names.dataHash(), "hash");
            }
            carried.ifPresent(
                    inputs -> {
                        annotations.put(names.inputs(), inputs.toString());
                        var versions = PLAN.versions(Map.of(REF, V1));
                        annotations.put(
                                names.versions(),
                                made.map(at -> WITH_GENERATOR.versions(versions, at))
                                        .orElse(versions));
                    });
            return new TargetSecret(
                    "apps",
                    NAME,
                    "secret-uid",
                    "1",
                    "Opaque",
                    Map.of(),
                    annotations,
                    false,
                    Optional.empty(),
                    drifted ? "other" : "hash",
                    Map.of(),
                    Map.of());
        }
    }
}
