package dev.lockstep.operator;

import static dev.lockstep.operator.Sandbox.externalSecret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lockstep.api.Condition;
import dev.lockstep.api.SourceStatus;
import dev.lockstep.sandbox.RunningOperator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** {@code dataFrom.find} and tags, end to end: what matches is followed, whatever it is. */
class FindTest {
    private static final String APP = "dataFrom: [{find: {name: {regexp: '^app/'}}}]";
    private static final String OFTEN = "\nrefreshInterval: 1s";

    private final Sandbox sandbox = Sandbox.start();

    @BeforeEach
    void create() {
        create("app/db", "one", "team", "blue");
        create("app/web", "two", "team", "blues");
        create("other", "three", "team", "blue");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void whatMatches_isKeyByKeyInTheSecret_andInTheStatus() {
        sandbox.apply(externalSecret(APP));

        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));
        sandbox.awaitReady("SecretSynced");
        assertThat(sandbox.status().sources())
                .extracting(SourceStatus::key)
                .containsExactly("app/db", "app/web");
        assertThat(sandbox.status().sources())
                .extracting(SourceStatus::versionId)
                .doesNotContainNull();
    }

    @Test
    void aPathAndTags_matchExactly() {
        sandbox.apply(externalSecret("dataFrom: [{find: {path: app/, tags: {team: blue}}}]"));

        sandbox.awaitData(Map.of("app_db", "one"));
    }

    @Test
    void theStoresPrefix_isInTheNamesAndNotPutBeforeThemAgain() {
        sandbox.apply(Sandbox.store("prefix: app/"));
        sandbox.apply(externalSecret(APP + "\ndata: [{secretKey: k, remoteRef: {key: db}}]"));

        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two", "k", "one"));
    }

    @Test
    void aNewMatch_appears_aRotatedOneMoves_andOneThatIsGoneGoes() {
        sandbox.apply(externalSecret(APP));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));

        create("app/new", "four", "team", "red");
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two", "app_new", "four"));

        sandbox.aws.client().putSecretValue(r -> r.secretId("app/db").secretString("moved"));
        sandbox.awaitData(Map.of("app_db", "moved", "app_web", "two", "app_new", "four"));

        delete("app/web");
        sandbox.awaitData(Map.of("app_db", "moved", "app_new", "four"));
        sandbox.awaitReady("SecretSynced");
    }

    @Test
    void aSecretMadeAgainUnderAnotherName_isAnotherKey() {
        sandbox.apply(externalSecret(APP));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));

        delete("app/db");
        create("app/database", "one", "team", "blue");

        sandbox.awaitData(Map.of("app_database", "one", "app_web", "two"));
    }

    @Test
    void aTagThatChanges_takesASecretInOrOut() {
        sandbox.apply(externalSecret("dataFrom: [{find: {tags: {team: blue}}}]"));
        sandbox.awaitData(Map.of("app_db", "one", "other", "three"));

        tag("app/web", "team", "blue");
        tag("other", "team", "red");

        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));
    }

    @Test
    void hundredMatches_areReadByTheBatch() {
        IntStream.range(0, 100).forEach(i -> create("many/" + i, "v" + i, "team", "red"));
        sandbox.aws.forgetRequests();

        sandbox.apply(externalSecret("dataFrom: [{find: {path: many/}}]"));

        var data = new HashMap<String, String>();
        IntStream.range(0, 100).forEach(i -> data.put("many_" + i, "v" + i));
        sandbox.awaitData(data);
        assertThat(sandbox.aws.calls("BatchGetSecretValue")).isBetween(5, 10);
        assertThat(sandbox.aws.calls("GetSecretValue")).isZero();
        assertThat(sandbox.status().sources()).hasSizeLessThanOrEqualTo(32);
        sandbox.awaitStatus("the rest is counted", s -> s.sourcesOmitted() != null);
    }

    @Test
    void nothingThatMatches_leavesTheSecret_andSaysSo() {
        sandbox.apply(externalSecret(APP));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));

        sandbox.apply(externalSecret("dataFrom: [{find: {name: {regexp: nothing}}}]"));

        sandbox.awaitStatus(
                "a message",
                s ->
                        s.condition(Condition.READY)
                                .filter(ready -> ready.message().contains("nothing matches"))
                                .filter(Condition::holds)
                                .isPresent());
        assertThat(sandbox.data()).isEqualTo(Map.of("app_db", "one", "app_web", "two"));
    }

    @Test
    void underDelete_theSecretGoesWithItsLastMatch_butNotForAChangedSpec() {
        var delete = "\ntarget: {deletionPolicy: Delete}";
        sandbox.apply(externalSecret(APP + delete));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));

        sandbox.apply(externalSecret("dataFrom: [{find: {name: {regexp: nothing}}}]" + delete));
        sandbox.awaitReady("NotFound");
        assertThat(sandbox.secret()).isNotNull();

        sandbox.apply(externalSecret(APP + delete));
        sandbox.awaitReady("SecretSynced");
        delete("app/db");
        delete("app/web");
        sandbox.awaitReady("SecretDeleted");
        await().until(() -> sandbox.secret() == null);
    }

    @Test
    void aDeniedList_isAccessDenied_andTheSecretStays() {
        sandbox.apply(externalSecret(APP));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));

        sandbox.aws.iam().deny("ListSecrets");

        assertThat(sandbox.awaitReady("AccessDenied").message())
                .contains("secretsmanager:ListSecrets");
        assertThat(sandbox.data()).isEqualTo(Map.of("app_db", "one", "app_web", "two"));
    }

    @Test
    void aMatchThatMayNotBeRead_isNamed_andTheSecretStays() {
        sandbox.apply(externalSecret(APP));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));
        sandbox.aws.iam().denyKms("app/web");

        sandbox.aws.client().putSecretValue(r -> r.secretId("app/web").secretString("moved"));

        assertThat(sandbox.awaitReady("KmsAccessDenied").message()).contains("app/web");
        assertThat(sandbox.data()).isEqualTo(Map.of("app_db", "one", "app_web", "two"));
    }

    @Test
    void aMatchMarkedForDeletion_keepsItsValue_andNewOnesDoNotHoldUpTheRest() {
        sandbox.aws.client().deleteSecret(r -> r.secretId("app/web"));
        sandbox.apply(externalSecret(APP));
        sandbox.awaitData(Map.of("app_db", "one"));

        sandbox.aws.client().deleteSecret(r -> r.secretId("app/db"));

        assertThat(sandbox.awaitSource("MarkedForDeletion").message()).contains("app/db");
        assertThat(sandbox.data()).isEqualTo(Map.of("app_db", "one"));
        assertThat(sandbox.awaitReady("SecretSynced").holds()).isTrue();
    }

    @Test
    void inModeOff_listsAreMadeAtTheRefreshInterval() {
        sandbox.apply(Sandbox.store("").replace("interval: 1s,", "mode: 'Off',"));
        sandbox.apply(externalSecret(APP + OFTEN));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));

        create("app/new", "four", "team", "red");
        delete("app/web");

        sandbox.awaitData(Map.of("app_db", "one", "app_new", "four"));
    }

    @Test
    void aMatchThatWentWhileNobodyWatched_goesAfterARestart_onceADescribeHasConfirmedIt() {
        sandbox.apply(externalSecret(APP));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));
        sandbox.awaitReady("SecretSynced");
        sandbox.operator().close();
        delete("app/web");
        sandbox.aws.forgetRequests();

        try (var restarted = restart()) {
            restarted.awaitData("default", Sandbox.NAME, Map.of("app_db", "one"));

            assertThat(sandbox.aws.calls("DescribeSecret")).isPositive();
        }
    }

    @Test
    void afterARestart_aMatchThatMayNotBeDescribed_isAccessDenied_andTheSecretStays() {
        sandbox.apply(externalSecret(APP));
        sandbox.awaitData(Map.of("app_db", "one", "app_web", "two"));
        sandbox.awaitReady("SecretSynced");
        sandbox.operator().close();
        delete("app/web");
        sandbox.aws.iam().deny("DescribeSecret");

        try (var restarted = restart()) {
            var ready =
                    restarted.awaitExternalSecret(
                            "default", Sandbox.NAME, Condition.READY, "AccessDenied");
            assertThat(ready.message()).contains("app/web");
            assertThat(sandbox.data()).isEqualTo(Map.of("app_db", "one", "app_web", "two"));
        }
    }

    private RunningOperator restart() {
        return RunningOperator.start(
                sandbox.client(),
                sandbox.kubernetes.operatorConfig(),
                sandbox.aws.endpoint(),
                Map.of("min-refresh-interval", "100ms"));
    }

    @Test
    void namesThatBecomeOneKey_areBothNamed() {
        create("app:db", "five", "team", "red");

        sandbox.apply(externalSecret("dataFrom: [{find: {name: {regexp: '^app.db'}}}]"));

        assertThat(sandbox.awaitReady("InvalidKey").message())
                .contains("app/db")
                .contains("app:db");
    }

    @Test
    void tags_areAValue_thatIsFollowed() {
        sandbox.apply(
                externalSecret(
                        """
                        data:
                          - {secretKey: all, remoteRef: {key: app/db, metadataPolicy: Fetch}}
                          - {secretKey: team, remoteRef: {key: app/db, metadataPolicy: Fetch, property: team}}
                          - {secretKey: value, remoteRef: {key: app/db}}
                        dataFrom: [{extract: {key: app/db, metadataPolicy: Fetch}}]
                        """));
        var blue = Map.of("all", "{\"team\":\"blue\"}", "team", "blue", "value", "one");
        sandbox.awaitData(blue);

        tag("app/db", "team", "green");

        sandbox.awaitData(Map.of("all", "{\"team\":\"green\"}", "team", "green", "value", "one"));
    }

    @Test
    void tagsOfNoSecret_areNotFound() {
        sandbox.apply(
                externalSecret(
                        "data: [{secretKey: k, remoteRef: {key: none, metadataPolicy: Fetch}}]"));

        assertThat(sandbox.awaitReady("NotFound").message()).contains("none");
    }

    private void create(String name, String value, String tag, String is) {
        var tags = Tag.builder().key(tag).value(is).build();
        sandbox.aws.client().createSecret(r -> r.name(name).secretString(value).tags(tags));
    }

    private void tag(String name, String tag, String is) {
        var tags = Tag.builder().key(tag).value(is).build();
        sandbox.aws.client().tagResource(r -> r.secretId(name).tags(tags));
    }

    private void delete(String name) {
        sandbox.aws.client().deleteSecret(r -> r.secretId(name).forceDeleteWithoutRecovery(true));
    }
}
