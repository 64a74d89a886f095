package dev.lockstep.sync;

import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.CreationPolicy;
import dev.lockstep.source.SecretBytes;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several ExternalSecrets, and others, write into one Secret. */
class SecretMergePlanTest {
    private static final DesiredSecret OURS = merging("db", Map.of("password", "one")).build();
    private static final String OWN = OURS.annotationNames().versions().replace("versions", "");

    @Test
    void theApplyCarriesTheUid_soThatItNeverCreates() {
        var plan = apply(OURS, ModelSecret.foreign(Map.of("other", "x")));

        assertThat(plan.uid()).contains("uid-of-secret");
        assertThat(plan.changedKeys()).containsExactly("password");
    }

    @Test
    void anotherWritersKeys_areNoReasonToWrite() {
        var secret = merged(OURS);
        secret.data.put("other", SecretBytes.ofUtf8("changed"));

        assertThat(SecretPlan.of(OURS, Optional.of(secret.live())))
                .isEqualTo(new SecretPlan.Nothing());
        assertThat(SecretPlan.of(OURS, Optional.of(secret.cached())))
                .isEqualTo(new SecretPlan.Nothing());
    }

    @Test
    void theAnnotations_areOurOwn_andEsosDataHashIsNotWritten() {
        var plan = apply(OURS, ModelSecret.foreign(Map.of()));

        assertThat(plan.annotations())
                .containsOnlyKeys(
                        OWN + "versions",
                        OWN + "inputs",
                        OWN + "revision",
                        OWN + "changed-at",
                        OWN + "data-hash");
        assertThat(OWN).matches("[0-9a-f]{16}\\.lockstep\\.dev/");
    }

    @Test
    void ourKeyChangedByHand_isWrittenAgain() {
        var secret = merged(OURS);
        secret.data.put("password", SecretBytes.ofUtf8("tampered"));

        assertThat(apply(OURS, secret).changedKeys()).containsExactly("password");
    }

    @Test
    void aDroppedKey_isAChange_thatTheApplyRemovesByNotSendingIt() {
        var secret = merged(merging("db", Map.of("password", "one", "user", "u")).build());

        assertThat(apply(OURS, secret).changedKeys()).containsExactly("user");
    }

    @Test
    void aKeyThatAnotherExternalSecretWritesOtherwise_isAConflictNamingBoth() {
        var secret = merged(merging("cache", Map.of("password", "another")).build());

        var plan = SecretPlan.of(OURS, Optional.of(secret.live()));

        assertThat(plan)
                .isEqualTo(
                        new SecretPlan.Refuse(
                                new WriteFailure(
                                        WriteFailure.Reason.TARGET_CONFLICT,
                                        "key password of Secret team/db is written by ExternalSecret cache: give one of the two another key")));
    }

    @Test
    void aKeyThatAnotherExternalSecretWritesAlike_isNoConflict() {
        var secret = merged(merging("cache", Map.of("password", "one")).build());

        assertThat(SecretPlan.of(OURS, Optional.of(secret.live())))
                .isInstanceOf(SecretPlan.Apply.class);
    }

    @Test
    void aKeyThatSomebodyElseWritesOtherwise_isOurs() {
        var secret = ModelSecret.foreign(Map.of("password", "by hand"));

        assertThat(apply(OURS, secret).changedKeys()).containsExactly("password");
    }

    @Test
    void aLabelThatAnotherExternalSecretSetOtherwise_isLeftToIt() {
        var secret = merged(merging("cache", Map.of("b", "2")).labels(Map.of("app", "x")).build());
        var desired = merging("db", Map.of("a", "1")).labels(Map.of("app", "y")).build();

        var plan = apply(desired, secret);
        secret.carryOut(desired, plan);

        assertThat(plan.labels()).containsOnlyKeys(SecretAnnotations.MANAGED_LABEL);
        assertThat(SecretPlan.of(desired, Optional.of(secret.live())))
                .isEqualTo(new SecretPlan.Nothing());
    }

    @Test
    void aSecretOwnedByAnotherExternalSecret_isNotMergedInto() {
        var secret = ModelSecret.writtenFor(aDesiredSecret().of(externalSecret("a", "u")).build());

        assertThat(SecretPlan.of(OURS, Optional.of(secret.live())))
                .isInstanceOfSatisfying(
                        SecretPlan.Refuse.class,
                        refused ->
                                assertThat(refused.failure().message())
                                        .contains("owned by ExternalSecret a"));
    }

    @Test
    void aSecretControlledByAnotherOperator_isMergedInto() {
        var secret = ModelSecret.foreign(Map.of());
        secret.controller =
                Optional.of(new SecretOwner("cert-manager.io/v1", "Certificate", "tls", "u"));

        assertThat(SecretPlan.of(OURS, Optional.of(secret.live())))
                .isInstanceOf(SecretPlan.Apply.class);
    }

    private static DesiredSecretBuilder merging(String externalSecret, Map<String, String> data) {
        return aDesiredSecret()
                .of(externalSecret(externalSecret, "uid-of-" + externalSecret))
                .policy(CreationPolicy.Merge)
                .data(data);
    }

    /** A foreign Secret into which these are merged. */
    private static ModelSecret merged(DesiredSecret desired) {
        var secret = ModelSecret.foreign(Map.of("other", "x"));
        secret.carryOut(desired, SecretPlan.of(desired, Optional.of(secret.live())));
        return secret;
    }

    private static SecretPlan.Apply apply(DesiredSecret desired, ModelSecret secret) {
        var plan = SecretPlan.of(desired, Optional.of(secret.live()));
        assertThat(plan).isInstanceOf(SecretPlan.Apply.class);
        return (SecretPlan.Apply) plan;
    }
}
