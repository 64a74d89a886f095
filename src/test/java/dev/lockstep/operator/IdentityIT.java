package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.aws.RoleRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The IRSA way, with tokens of a real API server: semantics 7 and 8. */
@RealApiServer
class IdentityIT {
    private static RealCluster cluster;
    private Tenant tenant;

    @BeforeAll
    static void start(KubeApiServer server, KubernetesClient admin) {
        cluster = RealCluster.start(server, admin);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = cluster.tenant();
        tenant.create("db", "first");
        cluster.aws.iam().trustOnly(role(tenant), subject(tenant));
    }

    @AfterEach
    void nothingForbidden() {
        tenant.close();
        cluster.requireNothingForbidden();
    }

    @Test
    void aStore_readsAsTheRoleOfItsServiceAccount() {
        store(tenant, role(tenant));
        tenant.apply(tenant.externalSecret("db", ""));

        tenant.awaitData("db", Map.of("password", "first"));
        assertThat(requestsFor(role(tenant)))
                .allSatisfy(
                        request -> {
                            assertThat(request.sessionName())
                                    .isEqualTo("production." + tenant.namespace() + ".aws");
                            assertThat(request.token().subject()).isEqualTo(subject(tenant));
                            assertThat(request.token().audiences())
                                    .containsExactly("sts.amazonaws.com");
                        })
                .isNotEmpty();
    }

    @Test
    void twoNamespaces_haveEachItsRoleAndSession() {
        try (var other = cluster.tenant()) {
            other.create("db", "theirs");
            cluster.aws.iam().trustOnly(role(other), subject(other));
            store(tenant, role(tenant));
            store(other, role(other));
            tenant.apply(tenant.externalSecret("db", ""));
            other.apply(other.externalSecret("db", ""));

            tenant.awaitData("db", Map.of("password", "first"));
            other.awaitData("db", Map.of("password", "theirs"));
            assertThat(requestsFor(role(other)))
                    .extracting(RoleRequest::sessionName)
                    .isNotEmpty()
                    .containsOnly("production." + other.namespace() + ".aws");
        }
    }

    @Test
    void anotherNamespacesRole_isDenied_andReadsNothing() {
        store(tenant, role(tenant));
        tenant.apply(tenant.externalSecret("db", ""));
        tenant.awaitData("db", Map.of("password", "first"));
        tenant.awaitReady("db", "SecretSynced");
        var reads = tenant.reads("db");

        try (var thief = cluster.tenant()) {
            store(thief, role(tenant));
            thief.apply(
                    thief.externalSecret("stolen", "").replace(thief.key("db"), tenant.key("db")));

            assertThat(thief.awaitStore("aws", "InvalidProviderConfig").message())
                    .startsWith("AssumeRoleDenied")
                    .contains(role(tenant));
            thief.awaitReady("stolen", "AssumeRoleDenied");
            assertThat(thief.data("stolen")).isEmpty();
            assertThat(tenant.reads("db")).isEqualTo(reads);
        }
    }

    private static List<RoleRequest> requestsFor(String role) {
        return cluster.aws.roleRequests().stream()
                .filter(request -> request.roleArn().equals(role))
                .toList();
    }

    private static String role(Tenant tenant) {
        return "arn:aws:iam::123456789012:role/" + tenant.namespace();
    }

    private static String subject(Tenant tenant) {
        return "system:serviceaccount:" + tenant.namespace() + ":app";
    }

    private static void store(Tenant tenant, String role) {
        tenant.apply(
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata:
                  name: app
                  annotations: {eks.amazonaws.com/role-arn: "%s"}
                """
                        .formatted(role));
        tenant.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: aws}
                spec:
                  provider:
                    aws:
                      service: SecretsManager
                      region: eu-central-1
                      auth: {jwt: {serviceAccountRef: {name: app}}}
                """);
    }
}
