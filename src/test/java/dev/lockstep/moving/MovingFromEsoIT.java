package dev.lockstep.moving;

import static dev.lockstep.moving.EsoCluster.LONG_NAME;
import static dev.lockstep.moving.EsoCluster.OTHER_TEAM;
import static dev.lockstep.moving.EsoCluster.TEAM;
import static dev.lockstep.moving.EsoCluster.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RealHelm;
import io.fabric8.kubernetes.client.Watcher.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's way from ESO, word for word: semantics 18, 20, 22, 34. */
@RealApiServer
@RealHelm
class MovingFromEsoIT {
    private static EsoCluster cluster;
    private static SecretLog log;
    private static List<SecretLog.Write> writes;
    private static Map<String, String> specsBefore;
    private static Map<String, String> specsAfter;
    private static Map<String, Long> readsOfTheMove;
    private static final List<String> printed = new ArrayList<>();
    private static String printedTooEarly;
    private static int replicasOfEso;

    @BeforeAll
    static void move() {
        cluster = new EsoCluster();
        specsBefore = specs();
        log = new SecretLog(cluster.admin, TEAM);
        var guide = Guide.read();
        guide.steps("Before you begin").forEach(cluster.terminal::run);
        var check = guide.steps("Move").get(1);
        printedTooEarly = cluster.terminal.run("(\n" + check + ") || echo 'not safe'\n");
        for (var step : guide.steps("Move")) {
            printed.add(cluster.terminal.run(step));
            if (printed.size() == 1) {
                replicasOfEso = cluster.replicasOfEso();
                cluster.eso.externalSecrets(TEAM).withName("deleted-meanwhile").delete();
            }
        }
        awaiting("every ExternalSecret to be in step")
                .until(
                        () ->
                                cluster.names().stream()
                                        .filter(name -> !name.equals("of-vault"))
                                        .allMatch(cluster::isInStep));
        writes = log.untilNow();
        specsAfter = specs();
        specsBefore.remove("deleted-meanwhile");
        readsOfTheMove =
                cluster.names().stream().collect(Collectors.toMap(name -> name, cluster::reads));
    }

    private static Map<String, String> specs() {
        return cluster.eso.externalSecrets(TEAM).list().getItems().stream()
                .collect(
                        Collectors.toMap(
                                es -> es.getMetadata().getName(), es -> es.get("spec").toString()));
    }

    @AfterAll
    static void stop() {
        log.close();
        cluster.close();
    }

    @Test
    void itsController_isStopped_whileItsWebhookAnswers() {
        assertThat(replicasOfEso).isZero();
        assertThat(cluster.webhook.reviews()).isPositive();
    }

    @Test
    void theCheckBeforeUninstalling_fails_whereCrdsWouldGo() {
        assertThat(printedTooEarly).isEqualToIgnoringNewLines("5 CRDs, 5 of them not keptnot safe");
    }

    @Test
    void theOperator_isForbiddenNothing() {
        assertThat(cluster.pods.log().lines().filter(line -> line.matches(".*[Ff]orbidden.*")))
                .isEmpty();
        assertThat(cluster.pods.log()).contains("the installed CRDs do not have");
    }

    @Test
    void theCheckBeforeUninstalling_countsTheCrds() {
        assertThat(printed.get(1)).isEqualToIgnoringNewLines("5 CRDs, 0 of them not kept");
    }

    @Test
    void theCheckBeforeUninstalling_tellsWhatIsNotServed() {
        assertThat(printed.get(3)).contains("team-a/of-vault: ").contains("vault");
    }

    @Test
    void noSecret_changesItsDataOrType() {
        assertThat(writes)
                .filteredOn(write -> !write.name().equals("deleted-meanwhile"))
                .allSatisfy(
                        write -> {
                            var before = log.before().get(write.name());
                            assertThat(write.action()).isEqualTo(Action.MODIFIED);
                            assertThat(write.secret().getData()).isEqualTo(before.getData());
                            assertThat(write.secret().getType()).isEqualTo(before.getType());
                            assertThat(write.secret().getMetadata().getUid())
                                    .isEqualTo(before.getMetadata().getUid());
                        });
    }

    @Test
    void eachSecretThatIsServed_isWrittenOnce_andNoOther() {
        assertThat(writes)
                .extracting(SecretLog.Write::name)
                .filteredOn(name -> !name.equals("deleted-meanwhile"))
                .containsExactlyInAnyOrder(
                        "database",
                        "orphan",
                        "shared",
                        LONG_NAME,
                        "create-or-merge",
                        "created-once",
                        "never");
    }

    @ParameterizedTest
    @ValueSource(strings = {"database", "orphan", "merge", LONG_NAME, "create-or-merge"})
    void aValue_isReadOnce(String name) {
        assertThat(readsOfTheMove).containsEntry(name, 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"created-once", "never"})
    void aValueThatIsWrittenOnce_isNotRead(String name) {
        assertThat(readsOfTheMove).containsEntry(name, 0L);
    }

    @Test
    void noSpec_changes() {
        assertThat(specsAfter).isEqualTo(specsBefore);
    }

    @Test
    void itsFinalizer_isGoneFromAll() {
        assertThat(cluster.eso.kind("ExternalSecret").inAnyNamespace().list().getItems())
                .isNotEmpty()
                .allSatisfy(es -> assertThat(es.getFinalizers()).doesNotContain(EsoFinalizer.NAME));
    }

    @Test
    void whatWasDeletedMeanwhile_goes_andItsSecretToo() {
        awaiting("the ExternalSecret to go")
                .until(() -> cluster.names().stream().noneMatch("deleted-meanwhile"::equals));
        awaiting("its Secret to go")
                .until(() -> cluster.secrets().withName("deleted-meanwhile").get() == null);
    }

    @Test
    void anotherProvidersStore_staysAsItIsStored_andIsReported() {
        var store = cluster.eso.kind("SecretStore").inNamespace(TEAM).withName("vault").require();

        assertThat(store.<String>get("spec", "provider", "vault", "server"))
                .isEqualTo("https://vault.example.com");
        assertThat(store.<String>get("spec", "provider", "vault", "auth", "tokenSecretRef", "key"))
                .isEqualTo("token");
        assertThat(store.<Object>get("status").toString()).contains("NotSupported");
        assertThat(cluster.ready("of-vault", "status")).contains("False");
        assertThat(cluster.ready("of-vault", "message").orElse("")).contains("vault");
    }

    @ParameterizedTest
    @ValueSource(strings = {"externalsecrets", "secretstores", "clustersecretstores"})
    void theCrds_areOurs_andStillKnowWhatIsStored(String plural) {
        var crd =
                cluster.admin
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName(plural + ".external-secrets.io")
                        .require();

        assertThat(crd.getStatus().getStoredVersions()).contains("v1", "v1beta1");
        assertThat(crd.getMetadata().getManagedFields())
                .extracting(entry -> entry.getManager())
                .contains("kubectl");
    }

    @Test
    void withOurCrds_theStatusTellsVersions() {
        awaiting("the version of the source")
                .until(
                        () ->
                                cluster.externalSecret("database")
                                        .<List<Map<String, Object>>>get("status", "sources")
                                        .get(0)
                                        .get("versionId"),
                        Objects::nonNull);
    }

    @Test
    void aRotation_isFollowedFromThenOn() {
        cluster.rotate("orphan", "rotated");
        cluster.forceSync("orphan");

        awaiting("the new value")
                .until(
                        () -> cluster.secret("orphan").getData().get("password"),
                        EsoObjects.encode("rotated")::equals);
    }

    @Test
    void anExternalSecret_canBeDeleted_andItsSecretGoes() {
        cluster.eso.externalSecrets(TEAM).withName("database").delete();

        awaiting("the ExternalSecret to go").until(() -> !cluster.names().contains("database"));
        awaiting("its Secret to go")
                .until(() -> cluster.secrets().withName("database").get() == null);
    }

    @Test
    void aNamespace_canBeDeleted() {
        var namespaces = cluster.admin.namespaces();

        namespaces.withName(OTHER_TEAM).delete();

        awaiting("the namespace to go").until(() -> namespaces.withName(OTHER_TEAM).get() == null);
    }
}
