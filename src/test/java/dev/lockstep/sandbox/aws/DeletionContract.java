package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** Secrets that go, with and without a way back. */
interface DeletionContract extends AwsUnderTest {

    @Test
    default void aMarkedSecret_isNotRead_butDescribedWithItsDate() {
        create("app/db", "v1");

        var deletion = secrets().deleteSecret(r -> r.secretId("app/db").recoveryWindowInDays(7L));

        assertThat(deletion.deletionDate())
                .isAfter(Instant.now().plus(Duration.ofDays(6)))
                .isBefore(Instant.now().plus(Duration.ofDays(8)));
        assertThat(secrets().describeSecret(r -> r.secretId("app/db")).deletedDate()).isNotNull();
        assertThatThrownBy(() -> value("app/db"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageMatching("(?s).*marked.*delet.*");
    }

    @Test
    default void aMarkedSecret_isListedOnlyWhenAskedFor() {
        create("app/db", "v1");
        create("app/gone", "v1");
        secrets().deleteSecret(r -> r.secretId("app/gone"));

        var without = secrets().listSecrets(ListSecretsRequest.builder().build()).secretList();
        var with = secrets().listSecrets(r -> r.includePlannedDeletion(true)).secretList();

        assertThat(without).extracting(SecretListEntry::name).containsExactly("app/db");
        assertThat(with).extracting(SecretListEntry::name).contains("app/db", "app/gone");
        assertThat(with)
                .filteredOn(secret -> secret.name().equals("app/gone"))
                .allSatisfy(secret -> assertThat(secret.deletedDate()).isNotNull());
    }

    @Test
    default void aRestoredSecret_isReadAgain() {
        create("app/db", "v1");
        secrets().deleteSecret(r -> r.secretId("app/db"));

        secrets().restoreSecret(r -> r.secretId("app/db"));

        assertThat(value("app/db")).isEqualTo("v1");
        assertThat(secrets().describeSecret(r -> r.secretId("app/db")).deletedDate()).isNull();
    }

    @Test
    default void aWindow_isFrom7To30Days_andNotForADeletionAtOnce() {
        create("app/db", "v1");

        assertThatThrownBy(
                        () ->
                                secrets()
                                        .deleteSecret(
                                                r -> r.secretId("app/db").recoveryWindowInDays(6L)))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(
                        () ->
                                secrets()
                                        .deleteSecret(
                                                r ->
                                                        r.secretId("app/db")
                                                                .recoveryWindowInDays(7L)
                                                                .forceDeleteWithoutRecovery(true)))
                .isInstanceOf(InvalidParameterException.class);
        assertThat(value("app/db")).isEqualTo("v1");
    }

    @Test
    default void aSecretDeletedAndMadeAgainWithTheSameToken_hasTheSameVersionAndAnotherArn() {
        var token = UUID.randomUUID().toString();
        var first = createWith(token);
        secrets().deleteSecret(r -> r.secretId("app/db").forceDeleteWithoutRecovery(true));
        assertThat(isThere("app/db")).isFalse();

        var second = createWith(token);

        assertThat(secrets().getSecretValue(r -> r.secretId("app/db")).versionId())
                .isEqualTo(token);
        assertThat(second).isNotEqualTo(first);
        assertThat(isThere(first)).isFalse();
    }

    private String createWith(String token) {
        return secrets()
                .createSecret(r -> r.name("app/db").secretString("v1").clientRequestToken(token))
                .arn();
    }
}
