package dev.lockstep.moving;

import static dev.lockstep.moving.EsoCluster.LONG_NAME;
import static dev.lockstep.moving.EsoCluster.TEAM;
import static dev.lockstep.moving.EsoCluster.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RealHelm;
import dev.lockstep.sync.FieldManager;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide's ways back to ESO, word for word: out of the middle of a move, and after one. */
@RealApiServer
@RealHelm
class MovingBackToEsoIT {
    private static EsoCluster cluster;
    private static SecretLog log;
    private static List<SecretLog.Write> writesOfHalfAMove;
    private static int replicasAfterHalfAMove;
    private static Map<String, Secret> underLockstep;
    private static Map<String, Secret> afterGoingBack;
    private static final List<String> printed = new ArrayList<>();

    @BeforeAll
    static void moveAndGoBack() {
        cluster = new EsoCluster();
        log = new SecretLog(cluster.admin, TEAM);
        var guide = Guide.read();
        var move = guide.steps("Move");
        guide.steps("Before you begin").forEach(cluster.terminal::run);
        move.subList(0, 4).forEach(cluster.terminal::run);
        awaitInStep();
        guide.steps("In the middle of it").forEach(cluster.terminal::run);
        replicasAfterHalfAMove = cluster.replicasOfEso();
        writesOfHalfAMove = log.untilNow();
        cluster.names().forEach(name -> cluster.eso.putFinalizer(TEAM, name));

        move.forEach(cluster.terminal::run);
        awaitInStep();
        for (var name : List.of("database", "merge")) {
            cluster.rotate(name, "rotated under Lockstep");
            cluster.forceSync(name);
        }
        awaiting("the rotated values")
                .until(
                        () ->
                                List.of("database", "shared").stream()
                                        .allMatch(MovingBackToEsoIT::isRotated));
        underLockstep = secrets();

        for (var step : guide.steps("Go back")) {
            printed.add(cluster.terminal.run(step));
            if (printed.size() == 2) {
                cluster.names().forEach(name -> cluster.eso.putFinalizer(TEAM, name));
            }
        }
        afterGoingBack = secrets();
    }

    private static Map<String, String> versions(Map<String, Secret> secrets) {
        var versions = new TreeMap<String, String>();
        secrets.forEach(
                (name, secret) -> versions.put(name, secret.getMetadata().getResourceVersion()));
        return versions;
    }

    private static void awaitInStep() {
        awaiting("every ExternalSecret to be in step")
                .until(
                        () ->
                                cluster.names().stream()
                                        .filter(name -> !name.equals("of-vault"))
                                        .allMatch(cluster::isInStep));
    }

    private static boolean isRotated(String secret) {
        return EsoObjects.encode("rotated under Lockstep")
                .equals(cluster.secret(secret).getData().get("password"));
    }

    private static Map<String, Secret> secrets() {
        var secrets = new TreeMap<String, Secret>();
        cluster.secrets()
                .list()
                .getItems()
                .forEach(secret -> secrets.put(secret.getMetadata().getName(), secret));
        return secrets;
    }

    @AfterAll
    static void stop() {
        log.close();
        cluster.close();
    }

    @Test
    void halfAMove_endsWithEsosControllerRunning_andNoDataChanged() {
        assertThat(replicasAfterHalfAMove).isEqualTo(1);
        assertThat(writesOfHalfAMove)
                .isNotEmpty()
                .allSatisfy(
                        write ->
                                assertThat(write.secret().getData())
                                        .isEqualTo(log.before().get(write.name()).getData()));
    }

    @Test
    void atTheEnd_esoIsInstalled_andLockstepIsNot() {
        assertThat(cluster.replicasOfEso()).isEqualTo(1);
        assertThat(
                        cluster.admin
                                .apps()
                                .deployments()
                                .inNamespace("lockstep-system")
                                .list()
                                .getItems())
                .isEmpty();
        awaiting("the operator's processes to end").until(() -> cluster.pods.running() == 0);
    }

    @Test
    void noSecret_isWrittenByGoingBack() {
        assertThat(versions(afterGoingBack)).isEqualTo(versions(underLockstep));
    }

    @Test
    void theFinalizersThatEsoPuts_stay() {
        assertThat(cluster.names())
                .isNotEmpty()
                .allSatisfy(
                        name ->
                                assertThat(cluster.externalSecret(name).getFinalizers())
                                        .contains(EsoFinalizer.NAME));
        assertThat(printed.get(2)).contains("database", "externalsecret-cleanup", "True");
    }

    @Test
    void theCrds_outliveLockstep_andAreEsosAgain() {
        var crds = cluster.admin.apiextensions().v1().customResourceDefinitions();

        assertThat(crds.list().getItems())
                .extracting(crd -> crd.getMetadata().getName())
                .contains("secretstores.external-secrets.io", "pushsecrets.external-secrets.io");
        var status =
                crds.withName("externalsecrets.external-secrets.io")
                        .require()
                        .getSpec()
                        .getVersions()
                        .get(0)
                        .getSchema()
                        .getOpenAPIV3Schema()
                        .getProperties()
                        .get("status");
        assertThat(status.getProperties()).containsKey("conditions").doesNotContainKey("sources");
    }

    @Test
    void everyExternalSecret_isStillThere() {
        assertThat(cluster.names()).contains("database", "merge", "of-vault");
        assertThat(printed.get(4)).contains("database", "of-vault");
    }

    @ParameterizedTest
    @ValueSource(strings = {"database", "orphan", "created-once", "never"})
    void aSecretOfOwnerOrOrphan_carriesWhatEsoLooksFor(String secret) {
        assertThat(EsoObjects.isValid(underLockstep.get(secret))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"merge, shared", LONG_NAME + ", " + LONG_NAME, "create-or-merge, create-or-merge"})
    void aKeyThatIsMerged_isStillOwnedUnderEsosNameForItsManager(String name, String secret) {
        assertThat(underLockstep.get(secret).getMetadata().getManagedFields())
                .filteredOn(entry -> entry.getManager().equals(FieldManager.of(name)))
                .anySatisfy(MovingBackToEsoIT::ownsThePassword);
    }

    private static void ownsThePassword(ManagedFieldsEntry entry) {
        assertThat(entry.getFieldsV1().getAdditionalProperties().get("f:data"))
                .asString()
                .contains("f:password");
    }

    @ParameterizedTest
    @CsvSource({"merge, shared", LONG_NAME + ", " + LONG_NAME, "create-or-merge, create-or-merge"})
    void esosFirstRefresh_meetsNoConflict_andKeepsTheData(String name, String secret) {
        cluster.eso.write(cluster.externalSecret(name), cluster.value(name));

        assertThat(cluster.secret(secret).getData()).isEqualTo(underLockstep.get(secret).getData());
        assertThat(EsoObjects.isValid(cluster.secret(secret))).isTrue();
    }

    @Test
    void anApplyUnderTheSameManager_meetsNoConflict() {
        var printed =
                cluster.terminal.run(
                        """
                        kubectl apply --server-side --field-manager externalsecrets.external-secrets.io/merge -f - <<'END'
                        apiVersion: v1
                        kind: Secret
                        metadata: {name: shared, namespace: team-a}
                        stringData: {password: rotated by ESO}
                        END
                        """);

        assertThat(printed).contains("serverside-applied");
    }
}
