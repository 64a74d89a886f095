package dev.lockstep.sync;

import static dev.lockstep.sync.DesiredSecretBuilder.NOON;
import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.api.CreationPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is done to bring the actual Secret to the desired one, policy by policy. */
class SecretPlanTest {

    static Stream<Arguments> anAbsentTarget() {
        return Stream.of(
                argumentSet("Owner makes it", CreationPolicy.Owner, SecretPlan.Create.class),
                argumentSet("Orphan makes it", CreationPolicy.Orphan, SecretPlan.Create.class),
                argumentSet("Merge waits", CreationPolicy.Merge, SecretPlan.Absent.class),
                argumentSet(
                        "CreateOrMerge applies it",
                        CreationPolicy.CreateOrMerge,
                        SecretPlan.Apply.class),
                argumentSet("None leaves it", CreationPolicy.None, SecretPlan.Nothing.class));
    }

    @ParameterizedTest
    @MethodSource
    void anAbsentTarget(CreationPolicy policy, Class<? extends SecretPlan> expected) {
        var plan = SecretPlan.of(aDesiredSecret().policy(policy).build(), Optional.empty());

        assertThat(plan).isInstanceOf(expected);
    }

    @ParameterizedTest
    @EnumSource(names = "None", mode = EnumSource.Mode.EXCLUDE)
    void anAbsentTargetForWhichNothingWasRead_isNotMade(CreationPolicy policy) {
        var desired = aDesiredSecret().policy(policy).withoutData().build();

        assertThat(SecretPlan.of(desired, Optional.empty())).isEqualTo(new SecretPlan.Absent());
    }

    @Test
    void labelsThatATemplateMade_areNotTakenAwayWhereValuesAreUnread() {
        var made = aDesiredSecret().labels(Map.of("app", "db", "made", "of a value"));
        var secret = ModelSecret.writtenFor(made.build());
        var unread = aDesiredSecret().labels(Map.of("app", "db")).withoutData().withoutMarks();

        assertThat(SecretPlan.of(unread.build(), Optional.of(secret.live())))
                .isInstanceOfSatisfying(
                        SecretPlan.Replace.class,
                        plan -> assertThat(plan.labelsToRemove()).containsExactly("made"));
        assertThat(SecretPlan.of(unread.withoutMadeMetadata().build(), Optional.of(secret.live())))
                .isEqualTo(new SecretPlan.Nothing());
    }

    @Test
    void aTokenOfAServiceAccount_isNeverAskedFor() {
        var desired =
                aDesiredSecret()
                        .type("kubernetes.io/service-account-token")
                        .annotations(Map.of("kubernetes.io/service-account.name", "admin"));

        assertThat(SecretPlan.of(desired.build(), Optional.empty()))
                .isInstanceOfSatisfying(
                        SecretPlan.Refuse.class,
                        plan ->
                                assertThat(plan.failure().reason())
                                        .isEqualTo(WriteFailure.Reason.INVALID_SPEC));
    }

    @ParameterizedTest
    @EnumSource(names = {"Owner", "Orphan", "CreateOrMerge"})
    void aTargetAsWritten_isLeftAlone_liveAndFromTheCache(CreationPolicy policy) {
        var desired = aDesiredSecret().policy(policy).labels(Map.of("app", "db")).build();
        var secret = ModelSecret.writtenFor(desired);

        assertThat(SecretPlan.of(desired, Optional.of(secret.live())))
                .isEqualTo(new SecretPlan.Nothing());
        assertThat(SecretPlan.of(desired, Optional.of(secret.cached())))
                .isEqualTo(new SecretPlan.Nothing());
    }

    @Test
    void aNewValue_isReplaced_withItsRevision() {
        var secret = ModelSecret.writtenFor(aDesiredSecret().versions("v1").build());
        var desired = aDesiredSecret().versions("v2").data(Map.of("password", "two", "user", "u"));

        var plan = replace(desired, secret);

        assertThat(plan.changedKeys()).containsExactly("password", "user");
        assertThat(plan.annotations())
                .containsEntry("lockstep.dev/versions", "v2")
                .containsEntry("lockstep.dev/changed-at", NOON.toString());
        assertThat(plan.annotations().get("lockstep.dev/revision"))
                .isNotEqualTo(secret.annotations.get("lockstep.dev/revision"));
    }

    @Test
    void aKeyNoLongerWanted_isAChange() {
        var secret =
                ModelSecret.writtenFor(aDesiredSecret().data(Map.of("a", "1", "b", "2")).build());

        var plan = replace(aDesiredSecret().data(Map.of("a", "1")), secret);

        assertThat(plan.changedKeys()).containsExactly("b");
    }

    @Test
    void aVersionThatMovedWithEqualData_keepsTheRevision_soThatNothingRestarts() {
        var secret = ModelSecret.writtenFor(aDesiredSecret().versions("v1").build());

        var plan = replace(aDesiredSecret().versions("v2"), secret);

        assertThat(plan.metadataOnly()).isTrue();
        assertThat(plan.annotations())
                .containsEntry("lockstep.dev/versions", "v2")
                .containsEntry(
                        "lockstep.dev/revision", secret.annotations.get("lockstep.dev/revision"));
    }

    @Test
    void adoptionOfEqualData_setsNoChangedAt() {
        var secret = ModelSecret.foreign(Map.of("password", "one"));

        var plan = replace(aDesiredSecret(), secret);

        assertThat(plan.metadataOnly()).isTrue();
        assertThat(plan.annotations())
                .containsKeys("lockstep.dev/revision", SecretAnnotations.ESO_DATA_HASH)
                .doesNotContainKey("lockstep.dev/changed-at");
    }

    @Test
    void takingOverWithoutReading_writesTheMarksAndKeepsTheDataHash() {
        var secret = ModelSecret.foreign(Map.of("password", "one"));
        secret.annotations.put(SecretAnnotations.ESO_DATA_HASH, ObjectHash.ofData(secret.data));

        var plan = replace(aDesiredSecret().withoutData(), secret);

        assertThat(plan.metadataOnly()).isTrue();
        assertThat(plan.annotations())
                .containsEntry("lockstep.dev/versions", "v1")
                .containsEntry(
                        SecretAnnotations.ESO_DATA_HASH,
                        secret.annotations.get(SecretAnnotations.ESO_DATA_HASH));
    }

    @Test
    void withoutMarks_thoseOfTheSecretStay() {
        var secret = ModelSecret.writtenFor(aDesiredSecret().versions("v1").build());

        var plan =
                replace(
                        aDesiredSecret().withoutData().withoutMarks().labels(Map.of("a", "b")),
                        secret);

        assertThat(plan.annotations()).containsAllEntriesOf(secret.annotations);
    }

    @Test
    void labelsWeNoLongerSet_go_andForeignOnesStay() {
        var secret =
                ModelSecret.writtenFor(
                        aDesiredSecret()
                                .labels(Map.of("old", "1", "kept", "1"))
                                .annotations(Map.of("note", "1"))
                                .build());
        secret.labels.put("foreign", "1");
        secret.annotations.put("foreign", "1");

        var plan = replace(aDesiredSecret().labels(Map.of("kept", "1")), secret);

        assertThat(plan.labelsToRemove()).containsExactly("old");
        assertThat(plan.annotationsToRemove()).containsExactly("note");
    }

    @Test
    void aLongAnnotation_isComparedByItsHash() {
        var manifest = Map.of("kubectl.kubernetes.io/last-applied-configuration", "x".repeat(999));
        var secret = ModelSecret.writtenFor(aDesiredSecret().annotations(manifest).build());

        var same = aDesiredSecret().annotations(manifest).build();
        var other =
                aDesiredSecret()
                        .annotations(Map.of(manifest.keySet().iterator().next(), "y".repeat(999)));

        assertThat(SecretPlan.of(same, Optional.of(secret.cached())))
                .isEqualTo(new SecretPlan.Nothing());
        assertThat(replace(other, secret).metadataOnly()).isTrue();
    }

    @Test
    void fromOwnerToOrphan_theCreatedByLabelGoes() {
        var secret = ModelSecret.writtenFor(aDesiredSecret().build());

        var plan = replace(aDesiredSecret().policy(CreationPolicy.Orphan), secret);

        assertThat(plan.labelsToRemove()).containsExactly(SecretAnnotations.CREATED_BY_LABEL);
    }

    @Test
    void anEarlierLifeOfTheSameExternalSecret_isTakenOver() {
        var secret = ModelSecret.writtenFor(aDesiredSecret().build());

        var plan =
                replace(aDesiredSecret().of(externalSecret("db", "uid-of-its-next-life")), secret);

        assertThat(plan.metadataOnly()).isTrue();
    }

    @Test
    void immutable_isSetOnASecretThatIsNot() {
        var secret = ModelSecret.writtenFor(aDesiredSecret().build());

        assertThat(replace(aDesiredSecret().immutable(), secret).metadataOnly()).isTrue();
    }

    private static SecretPlan.Replace replace(DesiredSecretBuilder desired, ModelSecret secret) {
        var plan = SecretPlan.of(desired.build(), Optional.of(secret.live()));
        assertThat(plan).isInstanceOf(SecretPlan.Replace.class);
        return (SecretPlan.Replace) plan;
    }
}
