package dev.lockstep.moving;

import static dev.lockstep.moving.EsoCluster.OTHER_TEAM;
import static dev.lockstep.moving.EsoCluster.TEAM;
import static dev.lockstep.moving.EsoCluster.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RealHelm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Lockstep beside ESO, by controller class, as the guide says word for word: semantics 21. */
@RealApiServer
@RealHelm
class BesideEsoIT {
    private static final String EXTERNAL_SECRET = "team-a ExternalSecret database";
    private static final String SECRET = "team-a Secret database";

    private static EsoCluster cluster;
    private static List<String> steps;
    private static Map<String, String> before;
    private static Map<String, String> afterTrial;
    private static Map<String, String> afterMove;
    private static SecretLog log;
    private static List<SecretLog.Write> writesOfTheMove;
    private static String printedByTrial;

    @BeforeAll
    static void runBeside() {
        cluster = new EsoCluster();
        steps = Guide.read().steps("Side by side");
        before = versions();
        cluster.terminal.run(steps.get(0));
        cluster.terminal.run(steps.get(1));
        printedByTrial = cluster.terminal.run(steps.get(2));
        awaiting("the copy's Secret to go")
                .until(() -> cluster.secrets().withName("database-lockstep").get() == null);
        afterTrial = versions();

        log = new SecretLog(cluster.admin, TEAM);
        cluster.terminal.run(steps.get(3));
        awaiting("every ExternalSecret of the store to be in step")
                .until(() -> ofStore().stream().allMatch(cluster::isInStep));
        writesOfTheMove = log.untilNow();
        afterMove = versions();
    }

    private static List<String> ofStore() {
        return cluster.names().stream().filter(name -> !name.equals("of-vault")).toList();
    }

    /** Of all that an operator could write to, in both namespaces. */
    private static Map<String, String> versions() {
        var objects = new ArrayList<HasMetadata>();
        for (var namespace : List.of(TEAM, OTHER_TEAM)) {
            for (var kind : List.of("ExternalSecret", "SecretStore")) {
                objects.addAll(cluster.eso.kind(kind).inNamespace(namespace).list().getItems());
            }
            objects.addAll(cluster.admin.secrets().inNamespace(namespace).list().getItems());
        }
        var versions = new TreeMap<String, String>();
        objects.forEach(
                object ->
                        versions.put(
                                object.getMetadata().getNamespace()
                                        + " "
                                        + object.getKind()
                                        + " "
                                        + object.getMetadata().getName(),
                                object.getMetadata().getResourceVersion()));
        return versions;
    }

    @AfterAll
    static void stop() {
        log.close();
        cluster.close();
    }

    @Test
    void theTrial_givesTheSameSecret_andLeavesNothing() {
        assertThat(printedByTrial).contains("the same");
        assertThat(afterTrial).containsOnlyKeys(before.keySet());
    }

    @Test
    void objectsOfTheOtherClass_getNoWriteAtAll() {
        assertThat(before).hasSizeGreaterThan(20);
        assertThat(afterTrial).isEqualTo(before);
    }

    @Test
    void whenAStoreIsGiven_objectsOfOtherStoresStillGetNoWrite() {
        for (var object : before.keySet()) {
            if (object.startsWith(OTHER_TEAM) || object.endsWith("vault")) {
                assertThat(afterMove).containsEntry(object, before.get(object));
            }
        }
    }

    @Test
    void whenAStoreIsGiven_itsSecretsAreAdopted_withTheirData() {
        assertThat(writesOfTheMove)
                .isNotEmpty()
                .allSatisfy(
                        write ->
                                assertThat(write.secret().getData())
                                        .isEqualTo(log.before().get(write.name()).getData()))
                .extracting(SecretLog.Write::name)
                .doesNotHaveDuplicates()
                .contains("database", "orphan", "shared");
    }

    @Test
    void aStoreThatIsGivenBack_isLeftAlone() {
        cluster.terminal.run(steps.get(4));
        ours("after-giving-back");
        cluster.rotate("database", "rotated");
        cluster.forceSync("database");
        var given = versions();

        ours("after-the-rotation");

        assertThat(versions())
                .containsEntry(EXTERNAL_SECRET, given.get(EXTERNAL_SECRET))
                .containsEntry(SECRET, afterMove.get(SECRET));
    }

    @Test
    void esosFinalizerThatComesBack_stays_andIsTold_andHoldsUpNoDeletion() {
        ours("shared-with-eso");
        cluster.eso.putFinalizer(TEAM, "shared-with-eso");
        awaiting("it to be taken")
                .until(() -> cluster.externalSecret("shared-with-eso").getFinalizers().isEmpty());
        cluster.eso.putFinalizer(TEAM, "shared-with-eso");

        awaiting("the event").until(() -> isToldOf("shared-with-eso"));
        assertThat(cluster.externalSecret("shared-with-eso").getFinalizers()).isNotEmpty();
        cluster.eso.externalSecrets(TEAM).withName("shared-with-eso").delete();

        awaiting("the ExternalSecret to go")
                .until(() -> !cluster.names().contains("shared-with-eso"));
    }

    private static boolean isToldOf(String name) {
        return cluster.admin.v1().events().inNamespace(TEAM).list().getItems().stream()
                .filter(event -> event.getReason().equals("AnotherOperator"))
                .anyMatch(event -> event.getInvolvedObject().getName().equals(name));
    }

    /** A new ExternalSecret of Lockstep's class: when it is in step, what came before is seen. */
    private static void ours(String name) {
        cluster.apply(TEAM, EsoCluster.store("ours", "controller: lockstep"));
        var key = EsoCluster.key(TEAM, name);
        cluster.aws.client().createSecret(r -> r.name(key).secretString("ours"));
        cluster.apply(TEAM, EsoCluster.externalSecret(TEAM, name, "ours", ""));
        awaiting(name + " to be in step").until(() -> cluster.isInStep(name));
    }
}
