package dev.lockstep.operator;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * JOSDK 5.3.2 loses spec edits that arrive while it writes a status, unless resource versions are
 * not compared (java-operator-sdk issue 3398).
 */
@RealApiServer
class RacingEditsIT {
    private static final int EDITS = 5;
    private static final List<String> NAMES =
            IntStream.range(0, 20).mapToObj(i -> "racing-" + i).toList();

    private final RealCluster cluster;
    private Tenant tenant;

    RacingEditsIT(KubeApiServer server, KubernetesClient admin) {
        cluster = RealCluster.start(server, admin);
    }

    @BeforeEach
    void newTenant() {
        tenant = cluster.tenant().withStore();
        tenant.create("db", "first");
    }

    @AfterEach
    void stop() {
        tenant.close();
        cluster.requireNothingForbidden();
        cluster.close();
    }

    @Test
    void specEditsThatRaceWithStatuses_areNeverLost() {
        NAMES.forEach(name -> tenant.apply(tenant.externalSecret(name, "")));

        for (var edit = 1; edit <= EDITS; edit++) {
            for (var name : NAMES) {
                Tenant.merge(
                        tenant.externalSecrets(name),
                        "{\"spec\": {\"data\": [{\"secretKey\": \"edit-%d\", \"remoteRef\": {\"key\": \"%s\"}}]}}"
                                .formatted(edit, tenant.key("db")));
            }
        }

        NAMES.forEach(name -> tenant.awaitData(name, Map.of("edit-" + EDITS, "first")));
        NAMES.forEach(name -> tenant.awaitReady(name, "SecretSynced"));
    }
}
