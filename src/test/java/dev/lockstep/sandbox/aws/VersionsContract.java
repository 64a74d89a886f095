package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Values, versions and their labels. */
interface VersionsContract extends AwsUnderTest {

    @Test
    default void aSecret_isReadByNameAndArn_wholeOrWithoutItsSuffix() {
        var arn = secrets().createSecret(r -> r.name("app/db").secretString("v1")).arn();
        var withoutSuffix = arn.substring(0, arn.length() - "-AbCdEf".length());

        assertThat(arn).matches("arn:aws:secretsmanager:eu-central-1:\\d{12}:secret:app/db-\\w{6}");
        assertThat(List.of("app/db", arn, withoutSuffix))
                .allSatisfy(id -> assertThat(value(id)).isEqualTo("v1"))
                .allSatisfy(
                        id ->
                                assertThat(secrets().describeSecret(r -> r.secretId(id)).arn())
                                        .isEqualTo(arn));
    }

    @Test
    default void theClientsToken_isTheIdOfTheVersion_andItsFirstLabelIsCurrent() {
        var token = UUID.randomUUID().toString();

        var created =
                secrets()
                        .createSecret(
                                r -> r.name("app/db").secretString("v1").clientRequestToken(token));
        var read = secrets().getSecretValue(r -> r.secretId("app/db"));

        assertThat(created.versionId()).isEqualTo(token);
        assertThat(read.versionId()).isEqualTo(token);
        assertThat(read.versionStages()).containsExactly("AWSCURRENT");
        assertThat(read.name()).isEqualTo("app/db");
        assertThat(read.createdDate()).isNotNull();
    }

    @Test
    default void bytes_comeBackAsBytes() {
        var bytes = SdkBytes.fromByteArray(new byte[] {0, 1, (byte) 0xff});
        secrets().createSecret(r -> r.name("app/cert").secretBinary(bytes));

        var read = secrets().getSecretValue(r -> r.secretId("app/cert"));

        assertThat(read.secretBinary()).isEqualTo(bytes);
        assertThat(read.secretString()).isNull();
    }

    @Test
    default void aNewValue_takesCurrent_andTheOldOneBecomesPrevious() {
        var first = create("app/db", "v1");
        var second = put("app/db", "v2");

        assertThat(value("app/db")).isEqualTo("v2");
        assertThat(versionAt("AWSPREVIOUS")).isEqualTo(first);
        assertThat(stages())
                .containsEntry(first, List.of("AWSPREVIOUS"))
                .containsEntry(second, List.of("AWSCURRENT"));
    }

    @Test
    default void anOldVersion_isReadByItsId() {
        var first = create("app/db", "v1");
        put("app/db", "v2");

        var read = secrets().getSecretValue(r -> r.secretId("app/db").versionId(first));

        assertThat(read.secretString()).isEqualTo("v1");
    }

    @Test
    default void aValueWithAnotherLabel_leavesCurrentWhereItIs() {
        var current = create("app/db", "v1");
        var pending =
                secrets()
                        .putSecretValue(
                                r ->
                                        r.secretId("app/db")
                                                .secretString("v2")
                                                .versionStages("AWSPENDING"))
                        .versionId();

        assertThat(versionAt("AWSCURRENT")).isEqualTo(current);
        assertThat(versionAt("AWSPENDING")).isEqualTo(pending);
    }

    @Test
    default void current_movedByHand_takesPreviousAlong() {
        var first = create("app/db", "v1");
        var second = put("app/db", "v2");

        secrets()
                .updateSecretVersionStage(
                        r ->
                                r.secretId("app/db")
                                        .versionStage("AWSCURRENT")
                                        .removeFromVersionId(second)
                                        .moveToVersionId(first));

        // Asked for by its label: moto's default does not follow it.
        assertThat(versionAt("AWSCURRENT")).isEqualTo(first);
        assertThat(versionAt("AWSPREVIOUS")).isEqualTo(second);
    }

    @Test
    default void current_isNotMovedByWhoDoesNotKnowWhereItIs() {
        var first = create("app/db", "v1");
        put("app/db", "v2");

        assertThatThrownBy(
                        () ->
                                secrets()
                                        .updateSecretVersionStage(
                                                r ->
                                                        r.secretId("app/db")
                                                                .versionStage("AWSCURRENT")
                                                                .moveToVersionId(first)))
                .isInstanceOf(InvalidParameterException.class);
    }

    @Test
    default void aLabelOfOnesOwn_canBePutOnAndTakenOff() {
        var version = create("app/db", "v1");

        secrets()
                .updateSecretVersionStage(
                        r -> r.secretId("app/db").versionStage("blue").moveToVersionId(version));
        assertThat(versionAt("blue")).isEqualTo(version);

        secrets()
                .updateSecretVersionStage(
                        r ->
                                r.secretId("app/db")
                                        .versionStage("blue")
                                        .removeFromVersionId(version));
        assertThat(stages()).containsEntry(version, List.of("AWSCURRENT"));
    }

    @Test
    default void aTokenUsedBefore_isTheSameRequest_unlessTheValueDiffers() {
        var token = UUID.randomUUID().toString();
        create("app/db", "v1");
        secrets()
                .putSecretValue(
                        r -> r.secretId("app/db").secretString("v2").clientRequestToken(token));

        var again =
                secrets()
                        .putSecretValue(
                                r ->
                                        r.secretId("app/db")
                                                .secretString("v2")
                                                .clientRequestToken(token));

        assertThat(again.versionId()).isEqualTo(token);
        assertThatThrownBy(
                        () ->
                                secrets()
                                        .putSecretValue(
                                                r ->
                                                        r.secretId("app/db")
                                                                .secretString("v3")
                                                                .clientRequestToken(token)))
                .isInstanceOf(ResourceExistsException.class);
        assertThat(value("app/db")).isEqualTo("v2");
    }

    @Test
    default void aNameInUse_isNotCreatedAgain() {
        create("app/db", "v1");

        assertThatThrownBy(() -> create("app/db", "v1"))
                .isInstanceOf(ResourceExistsException.class);
    }

    @Test
    default void whatIsNotThere_isNotFound() {
        create("app/db", "v1");
        var nowhere = UUID.randomUUID().toString();

        assertThatThrownBy(() -> value("app/nothing"))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> secrets().describeSecret(r -> r.secretId("app/nothing")))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> versionAt("green")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(
                        () ->
                                secrets()
                                        .getSecretValue(
                                                r -> r.secretId("app/db").versionId(nowhere)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    default void aSecretWithoutAnyValue_isDescribed_butNotRead() {
        secrets().createSecret(r -> r.name("app/empty"));

        assertThat(secrets().describeSecret(r -> r.secretId("app/empty")).versionIdsToStages())
                .isEmpty();
        assertThatThrownBy(() -> value("app/empty")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    default void anIdAndALabel_mustBeOfOneVersion() {
        var first = create("app/db", "v1");
        put("app/db", "v2");

        assertThat(readBoth(first, "AWSPREVIOUS")).isEqualTo("v1");
        assertThatThrownBy(() -> readBoth(first, "AWSCURRENT"))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    default void aSecretOfAnotherRegion_isNotFound() {
        create("app/db", "v1");

        assertThatThrownBy(
                        () ->
                                secrets(ANYBODY, "us-east-1")
                                        .getSecretValue(r -> r.secretId("app/db")))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    private String readBoth(String id, String stage) {
        return secrets()
                .getSecretValue(r -> r.secretId("app/db").versionId(id).versionStage(stage))
                .secretString();
    }

    private String versionAt(String stage) {
        return secrets().getSecretValue(r -> r.secretId("app/db").versionStage(stage)).versionId();
    }

    private Map<String, List<String>> stages() {
        return secrets().describeSecret(r -> r.secretId("app/db")).versionIdsToStages();
    }
}
