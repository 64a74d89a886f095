package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RealHelm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The packaged operator with the options and the rights that the chart gives it, no others. */
@RealApiServer
@RealHelm
class ChartIT {
    private final KubeApiServer server;
    private final KubernetesClient admin;
    private RealCluster cluster;

    ChartIT(KubeApiServer server, KubernetesClient admin) {
        this.server = server;
        this.admin = admin;
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void inTheWholeCluster_itSyncs_andNothingIsForbidden() {
        cluster = RealCluster.startWithChart(server, admin, "lockstep-whole");
        try (var tenant = cluster.tenant().withStore()) {
            staysInStep(tenant);
        }
        cluster.requireNothingForbidden();
    }

    private static void staysInStep(Tenant tenant) {
        tenant.create("db", "first");
        tenant.apply(tenant.externalSecret("db", ""));
        tenant.awaitData("db", Map.of("password", "first"));
        tenant.awaitReady("db", "SecretSynced");

        tenant.rotate("db", "second");
        tenant.awaitData("db", Map.of("password", "second"));
        tenant.secrets("db").delete();
        tenant.awaitData("db", Map.of("password", "second"));
    }

    @Test
    void scoped_itSyncsWhereItServes_andLooksNowhereElse() {
        create("team-served");
        create("team-empty");
        create("team-not-served");
        cluster =
                RealCluster.startWithChart(
                        server,
                        admin,
                        "lockstep-scoped",
                        "--set",
                        "scopedNamespaces={team-served,team-empty}");
        try (var served = new Tenant(cluster, "team-served");
                var other = new Tenant(cluster, "team-not-served")) {
            other.create("db", "theirs");
            other.apply(other.externalSecret("db", ""));

            staysInStep(served.withStore());

            assertThat(other.data("db")).isEmpty();
            assertThat(other.externalSecret("db").getStatus()).isNull();
        }
        cluster.requireNothingForbidden();
    }

    @Test
    void scoped_aClusterSecretStoreIsNotServed() {
        create("team-alone");
        cluster =
                RealCluster.startWithChart(
                        server, admin, "lockstep-alone", "--set", "scopedNamespaces={team-alone}");
        try (var tenant = new Tenant(cluster, "team-alone").withStore()) {
            tenant.create("db", "first");
            tenant.apply(
                    tenant.externalSecret("db", "")
                            .replace("kind: SecretStore", "kind: ClusterSecretStore"));

            assertThat(tenant.awaitReady("db", "NotSupported").message())
                    .contains("ClusterSecretStore");
            assertThat(tenant.data("db")).isEmpty();
        }
        cluster.requireNothingForbidden();
    }

    private void create(String namespace) {
        var fresh = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
        admin.resource(fresh.build()).create();
    }
}
