package dev.lockstep.sync;

import static dev.lockstep.sync.DesiredSecretBuilder.aDesiredSecret;
import static dev.lockstep.sync.DesiredSecretBuilder.externalSecret;
import static dev.lockstep.sync.WriteFailure.Reason.TARGET_CONFLICT;
import static dev.lockstep.sync.WriteFailure.Reason.TARGET_IMMUTABLE;
import static dev.lockstep.sync.WriteFailure.Reason.TARGET_TOO_LARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import dev.lockstep.api.CreationPolicy;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not written, and what people are told. */
class SecretRefusalsTest {
    private static final String CANARY = "canary-5a1b";

    static Stream<Arguments> aSecretThatMustNotBeWritten() {
        return Stream.of(
                argumentSet(
                        "of another controller",
                        aDesiredSecret().build(),
                        controlledBy(new SecretOwner("apps/v1", "Deployment", "web", "u")),
                        TARGET_CONFLICT,
                        "Secret team/db is owned by Deployment web"),
                argumentSet(
                        "of another ExternalSecret",
                        aDesiredSecret().policy(CreationPolicy.Orphan).build(),
                        controlledBy(externalSecret("other", "u")),
                        TARGET_CONFLICT,
                        "Secret team/db is owned by ExternalSecret other"),
                argumentSet(
                        "of another type",
                        aDesiredSecret().type("kubernetes.io/tls").build(),
                        ModelSecret.foreign(Map.of()),
                        TARGET_IMMUTABLE,
                        "does not let change to kubernetes.io/tls"),
                argumentSet(
                        "immutable, with another value",
                        aDesiredSecret().data(Map.of("password", CANARY)).build(),
                        immutable(Map.of("password", "old")),
                        TARGET_IMMUTABLE,
                        "keeps its old value of password"),
                argumentSet(
                        "too large",
                        aDesiredSecret().data(Map.of("k", "x".repeat(1024 * 1024 + 1))).build(),
                        ModelSecret.foreign(Map.of()),
                        TARGET_TOO_LARGE,
                        "would hold 1048577 bytes"));
    }

    @ParameterizedTest
    @MethodSource
    void aSecretThatMustNotBeWritten(
            DesiredSecret desired, ModelSecret actual, WriteFailure.Reason reason, String message) {
        var failure = refused(desired, actual);

        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.message()).contains(message).doesNotContain(CANARY);
        assertThat(failure.passing()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes.io/service-account-token",
                "bootstrap.kubernetes.io/token",
                "helm.sh/release.v1"
            })
    void stateOfKubernetesAndHelm_isNeverAdopted_evenWhenAskedForByType(String type) {
        var actual = ModelSecret.foreign(Map.of());
        actual.type = type;

        var failure = refused(aDesiredSecret().type(type).build(), actual);

        assertThat(failure.reason()).isEqualTo(TARGET_CONFLICT);
        assertThat(failure.message()).contains(type, "choose another target.name");
    }

    @Test
    void anImmutableSecret_takesLabels() {
        var secret = immutable(Map.of("password", "one"));
        var desired = aDesiredSecret().labels(Map.of("a", "b")).build();

        assertThat(SecretPlan.of(desired, Optional.of(secret.live())))
                .isInstanceOf(SecretPlan.Replace.class);
    }

    @Test
    void exactlyOneMebibyte_isWritten() {
        var desired = aDesiredSecret().data(Map.of("k", "x".repeat(1024 * 1024))).build();

        assertThat(SecretPlan.of(desired, Optional.empty())).isInstanceOf(SecretPlan.Create.class);
    }

    @Test
    void deletion_isOfOurOwnSecretAtTheStateSeen() {
        var secret = ModelSecret.writtenFor(aDesiredSecret().build());

        assertThat(SecretPlan.ofDeletion(externalSecret("db", "x"), Optional.of(secret.live())))
                .isEqualTo(new SecretPlan.Delete("uid-of-secret", "7"));
    }

    @Test
    void deletionOfASecretThatSomebodyElseOwns_isRefused() {
        var secret = ModelSecret.foreign(Map.of());

        assertThat(SecretPlan.ofDeletion(externalSecret("db", "x"), Optional.of(secret.live())))
                .isInstanceOfSatisfying(
                        SecretPlan.Refuse.class,
                        refuse ->
                                assertThat(refuse.failure().message())
                                        .contains("team/db is not owned by this ExternalSecret"));
    }

    private static ModelSecret controlledBy(SecretOwner controller) {
        var secret = ModelSecret.foreign(Map.of());
        secret.controller = Optional.of(controller);
        return secret;
    }

    private static ModelSecret immutable(Map<String, String> data) {
        var secret = ModelSecret.foreign(data);
        secret.immutable = true;
        return secret;
    }

    private static WriteFailure refused(DesiredSecret desired, ModelSecret actual) {
        var plan = SecretPlan.of(desired, Optional.of(actual.live()));
        assertThat(plan).isInstanceOf(SecretPlan.Refuse.class);
        return ((SecretPlan.Refuse) plan).failure();
    }
}
