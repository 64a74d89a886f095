package dev.lockstep.sandbox.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.sandbox.EmbeddedAws;
import java.net.ConnectException;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidNextTokenException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.ListSecretsRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/** What the emulator does that no other AWS would be asked for: lagging, refusing, and the like. */
class EmbeddedAwsTest extends EmbeddedAwsFixture {

    @Test
    void aFrozenList_showsWhatWas_whileDescribeShowsWhatIs() {
        var first = create("app/db", "v1");
        aws.freezeLists();
        var second = put("app/db", "v2");
        create("app/new", "v1");

        assertThat(secrets().describeSecret(r -> r.secretId("app/db")).versionIdsToStages())
                .containsEntry(second, List.of("AWSCURRENT"));
        assertThat(list())
                .singleElement()
                .extracting(SecretListEntry::secretVersionsToStages)
                .isEqualTo(Map.of(first, List.of("AWSCURRENT")));

        aws.thawLists();
        assertThat(list()).extracting(SecretListEntry::name).containsExactly("app/db", "app/new");
    }

    @Test
    void aSecretThatGoesBetweenTwoPages_hidesNoOther() {
        List.of("a", "b", "c", "d").forEach(name -> create(name, "v1"));
        var first = secrets().listSecrets(r -> r.maxResults(2));
        secrets().deleteSecret(r -> r.secretId("a").forceDeleteWithoutRecovery(true));

        var second = secrets().listSecrets(r -> r.maxResults(2).nextToken(first.nextToken()));

        assertThat(second.secretList()).extracting(SecretListEntry::name).containsExactly("c", "d");
    }

    @Test
    void aPageToken_thatNobodyGaveOut_isInvalid() {
        assertThatThrownBy(() -> secrets().listSecrets(r -> r.nextToken("made up")))
                .isInstanceOf(InvalidNextTokenException.class);
    }

    @Test
    void aBatch_holdsAtMost20() {
        var many = Collections.nCopies(21, "app/db");

        assertThat(code(() -> secrets().batchGetSecretValue(r -> r.secretIdList(many))))
                .isEqualTo("ValidationException");
    }

    @Test
    void withoutAChoice_theCurrentVersionIsRead_whereverItsLabelWent() {
        var first = create("app/db", "v1");
        var second = put("app/db", "v2");

        secrets()
                .updateSecretVersionStage(
                        r ->
                                r.secretId("app/db")
                                        .versionStage("AWSCURRENT")
                                        .removeFromVersionId(second)
                                        .moveToVersionId(first));

        assertThat(value("app/db")).isEqualTo("v1");
    }

    @Test
    void rotation_isToldAsItWasSet() {
        create("app/db", "v1");
        var last = Instant.parse("2026-01-01T00:00:00Z");
        var next = Instant.parse("2026-02-01T00:00:00Z");

        aws.setRotation("app/db", new Rotation(true, last, next));

        var described = secrets().describeSecret(r -> r.secretId("app/db"));
        assertThat(described.rotationEnabled()).isTrue();
        assertThat(described.lastRotatedDate()).isEqualTo(last);
        assertThat(described.nextRotationDate()).isEqualTo(next);
        assertThat(list().get(0).rotationEnabled()).isTrue();
        assertThat(list().get(0).lastRotatedDate()).isEqualTo(last);
        assertThat(list().get(0).nextRotationDate()).isEqualTo(next);
    }

    @Test
    void aMarkedSecret_canBeRefusedByEitherError() {
        create("app/db", "v1");
        secrets().deleteSecret(r -> r.secretId("app/db"));

        aws.refuseMarkedForDeletionBy(MarkedForDeletion.INVALID_PARAMETER);

        assertThatThrownBy(() -> value("app/db"))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("marked for deletion");
    }

    @Test
    void refusedConnections_areAcceptedAgainAtTheSamePort_andNothingIsLost() {
        create("app/db", "v1");

        aws.refuseConnections();
        assertThatThrownBy(() -> new Socket(endpoint().getHost(), endpoint().getPort()))
                .isInstanceOf(ConnectException.class);
        assertThatThrownBy(() -> value("app/db")).isInstanceOf(SdkClientException.class);

        aws.acceptConnections();
        assertThat(value("app/db")).isEqualTo("v1");
    }

    @Test
    void secretsAndSessions_goWhenTheirTimeIsUp() {
        var clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        try (var later = EmbeddedAws.start(clock)) {
            AwsUnderTest there = later::endpoint;
            there.create("app/db", "v1");
            there.secrets().deleteSecret(r -> r.secretId("app/db").recoveryWindowInDays(7L));
            var issued =
                    there.sts(ANYBODY)
                            .assumeRole(r -> r.roleArn(ROLE).roleSessionName("me"))
                            .credentials();
            assertThat(there.isThere("app/db")).isTrue();

            clock.advance(Duration.ofDays(7));

            assertThat(there.isThere("app/db")).isFalse();
            assertThat(code(() -> there.sts(AwsUnderTest.sdk(issued)).getCallerIdentity()))
                    .isEqualTo("ExpiredToken");
        }
    }

    private List<SecretListEntry> list() {
        return secrets().listSecrets(ListSecretsRequest.builder().build()).secretList();
    }
}
