package dev.lockstep.operator;

import static dev.lockstep.operator.Tenant.awaiting;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.api.Condition;
import dev.lockstep.cluster.EsoClusterFinalizers;
import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.RealApiServer;
import dev.lockstep.sandbox.RealHelm;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The chart grants nothing that the operator does not use: what the API server's audit log says of
 * a life that has a bit of everything, held against the roles.
 */
@RealApiServer
@RealHelm
class RightsInUseIT {
    private static final String NAMESPACE = "lockstep-audited";

    /** What this life does not bring about, and why it is granted nevertheless. */
    private static final Map<String, String> RARE =
            Map.of(
                    "update external-secrets.io/clusterexternalsecrets/finalizers",
                    "the same of the owner of an ExternalSecret",
                    "get external-secrets.io/clusterexternalsecrets",
                    "as get of externalsecrets",
                    "get namespaces",
                    "as get of externalsecrets",
                    "update external-secrets.io/externalsecrets/finalizers",
                    "an admission plugin asks for it where owner references are guarded",
                    "get external-secrets.io/externalsecrets",
                    "when somebody changes finalizers in the moment in which ESO's is taken away");

    private static final String AS_USER =
            "{region: eu-central-1, auth: {secretRef: {accessKeyIDSecretRef: {name: aws-credentials, key: access-key-id}, secretAccessKeySecretRef: {name: aws-credentials, key: secret-access-key}}}}";

    private static final Map<String, String> GENERATORS =
            Map.of(
                    "Password", "{}",
                    "UUID", "{}",
                    "SSHKey", "{keyType: ed25519}",
                    "Fake", "{data: {a: b}}",
                    "ECRAuthorizationToken", AS_USER,
                    "STSSessionToken", AS_USER);

    /** By kind, that of what its controller keeps of former templates. */
    private static final Map<String, String> WORKLOADS =
            Map.of(
                    "Deployment", "ReplicaSet",
                    "StatefulSet", "ControllerRevision",
                    "DaemonSet", "ControllerRevision",
                    "Rollout", "ReplicaSet");

    private KubeApiServer server;
    private KubernetesClient admin;
    private RealCluster cluster;

    @BeforeEach
    void launch() {
        server = KubeApiServer.launchWithAudit();
        admin = new KubernetesClientBuilder().withConfig(server.adminConfig()).build();
        create("team");
    }

    @AfterEach
    void stop() {
        if (cluster != null) {
            cluster.close();
        }
        admin.close();
        server.close();
    }

    private void create(String namespace) {
        var fresh = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
        admin.resource(fresh.build()).create();
    }

    @Test
    void inTheWholeCluster_everyRightIsUsed() {
        ArgoRollouts.install(admin);
        cluster =
                RealCluster.startWithChart(
                        server, admin, NAMESPACE, "--set", "rollout.enabled=true");
        var tenant = new Tenant(cluster, "team");
        cluster.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ClusterSecretStore
                metadata: {name: shared}
                spec:
                  conditions: [{namespaceSelector: {matchLabels: {team: none}}}]
                  provider:
                    aws:
                      service: SecretsManager
                      region: eu-central-1
                      auth:
                        secretRef:
                          accessKeyIDSecretRef: {name: aws-credentials, key: access-key-id, namespace: team}
                          secretAccessKeySecretRef: {name: aws-credentials, key: secret-access-key, namespace: team}
                """);

        cluster.apply(
                """
                apiVersion: generators.external-secrets.io/v1alpha1
                kind: ClusterGenerator
                metadata: {name: generator}
                spec: {kind: UUID, generator: {uuidSpec: {}}}
                """);
        generated(tenant, "ClusterGenerator");
        live(tenant);
        inNamespaces(tenant);

        var role = admin.rbac().clusterRoles().withName(NAMESPACE).require();
        assertThat(unused(role.getRules())).isEmpty();
        cluster.requireNothingForbidden();
    }

    @Test
    void scoped_everyRightIsUsed() {
        ArgoRollouts.install(admin);
        cluster =
                RealCluster.startWithChart(
                        server,
                        admin,
                        NAMESPACE,
                        "--set",
                        "scopedNamespaces={team}",
                        "--set",
                        "rollout.enabled=true");

        live(new Tenant(cluster, "team"));

        var role = admin.rbac().roles().inNamespace("team").withName(NAMESPACE).require();
        assertThat(unused(role.getRules())).isEmpty();
        cluster.requireNothingForbidden();
    }

    /**
     * Syncs, repairs, merges, renders templates, deletes, fails, takes over from ESO, assumes a
     * role, restarts workloads, is restarted.
     */
    private void live(Tenant tenant) {
        tenant.withStore();
        tenant.create("db", "first");
        tenant.apply(
                tenant.externalSecret("db", "")
                        .replace(
                                "{name: db}",
                                "{name: db, finalizers: [%s]}".formatted(EsoFinalizer.NAME)));
        tenant.awaitData("db", Map.of("password", "first"));
        tenant.rotate("db", "second");
        tenant.awaitData("db", Map.of("password", "second"));
        awaiting("ESO's finalizer to go")
                .until(() -> !EsoFinalizer.isOn(tenant.externalSecret("db")));

        tenant.apply(
                """
                apiVersion: v1
                kind: Secret
                metadata: {name: shared}
                data: {theirs: a2VwdA==}
                """);
        tenant.apply(
                tenant.externalSecret("merging", "target: {name: shared, creationPolicy: Merge}"));
        tenant.awaitData("shared", Map.of("theirs", "kept", "password", "second"));

        tenant.apply(
                """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: templates}
                data: {url: "db://{{ .password }}"}
                """);
        tenant.apply(
                tenant.externalSecret(
                        "templated",
                        "target: {template: {templateFrom: [{configMap: {name: templates, items: [{key: url}]}}]}}"));
        tenant.awaitData("templated", Map.of("url", "db://second"));

        tenant.create("passing", "soon gone");
        tenant.apply(
                tenant.externalSecret("passing", "target: {deletionPolicy: Delete}")
                        .replace(tenant.key("db"), tenant.key("passing")));
        tenant.awaitData("passing", Map.of("password", "soon gone"));
        cluster.aws
                .client()
                .deleteSecret(
                        r -> r.secretId(tenant.key("passing")).forceDeleteWithoutRecovery(true));
        awaiting("the Secret to go").until(() -> tenant.data("passing").isEmpty());

        asRole(tenant);
        GENERATORS.forEach(
                (kind, spec) -> {
                    tenant.apply(
                            """
                            apiVersion: generators.external-secrets.io/v1alpha1
                            kind: %s
                            metadata: {name: generator}
                            spec: %s
                            """
                                    .formatted(kind, spec));
                    generated(tenant, kind);
                });
        restartsWorkloads(tenant);

        tenant.apply(
                tenant.externalSecret("failing", "")
                        .replace(tenant.key("db"), tenant.key("not-there")));
        tenant.awaitReady("failing", "NotFound");
        awaiting("the failure's event").until(() -> failures(tenant) > 0);
        cluster.operator().terminate();
        assertThat(cluster.operator().awaitEnd(Duration.ofSeconds(60))).isPresent();
        cluster.startAgain();
        awaiting("the event to be counted up").until(() -> failures(tenant) > 1);
    }

    /** A Secret made by the generator of that kind. */
    private static void generated(Tenant tenant, String kind) {
        var name = "by-" + kind.toLowerCase(Locale.ROOT);
        tenant.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: ExternalSecret
                metadata: {name: %s}
                spec: {dataFrom: [{sourceRef: {generatorRef: {kind: %s, name: generator}}}]}
                """
                        .formatted(name, kind));
        tenant.awaitReady(name, "SecretSynced");
    }

    /** A ClusterExternalSecret of ESO's, which is then renamed. */
    private void inNamespaces(Tenant tenant) {
        var finalizer = EsoClusterFinalizers.onNamespacesOf("shared");
        Tenant.merge(
                admin.namespaces().withName(tenant.namespace()),
                "{\"metadata\": {\"finalizers\": [\"" + finalizer + "\"]}}");
        var shared =
                """
                apiVersion: external-secrets.io/v1
                kind: ClusterExternalSecret
                metadata: {name: shared, finalizers: [%s]}
                spec:
                  namespaces: [%s]
                  externalSecretName: %s
                  externalSecretSpec:
                    secretStoreRef: {name: aws, kind: SecretStore}
                    data: [{secretKey: password, remoteRef: {key: %s}}]
                """;
        for (var name : List.of("first", "second")) {
            cluster.apply(
                    shared.formatted(
                            EsoClusterFinalizers.NAME, tenant.namespace(), name, tenant.key("db")));
            tenant.awaitReady(name, "SecretSynced");
        }
        awaiting("the former one to go").until(() -> tenant.externalSecrets("first").get() == null);
        awaiting("ESO's finalizer to go")
                .until(
                        () ->
                                admin.namespaces()
                                        .withName(tenant.namespace())
                                        .require()
                                        .getMetadata()
                                        .getFinalizers()
                                        .isEmpty());
    }

    /** Their controllers do not run, so what these make is made here. */
    private void restartsWorkloads(Tenant tenant) {
        tenant.create("rolling", "first");
        tenant.apply(
                tenant.externalSecret(
                                "rolling",
                                "rollout: {restart: Listed, maxConcurrent: 4, targets: [%s]}"
                                        .formatted(
                                                WORKLOADS.keySet().stream()
                                                        .map("{kind: %s, name: app}"::formatted)
                                                        .collect(Collectors.joining(", "))))
                        .replace(tenant.key("db"), tenant.key("rolling")));
        tenant.awaitData("rolling", Map.of("password", "first"));
        WORKLOADS.forEach((kind, past) -> workload(tenant, kind, past));
        var made = Instant.now();
        awaiting("the next second").until(() -> Instant.now().isAfter(made.plusSeconds(1)));

        tenant.rotate("rolling", "second");

        awaiting("all to be restarted")
                .untilAsserted(
                        () ->
                                assertThat(
                                                tenant.externalSecret("rolling")
                                                        .status()
                                                        .condition(Condition.ROLLED_OUT))
                                        .map(Condition::message)
                                        .contains(
                                                "restarting: Deployment app; StatefulSet app;"
                                                        + " DaemonSet app; Rollout app"));
    }

    private void workload(Tenant tenant, String kind, String past) {
        var template =
                "{metadata: {labels: {app: %s}}, spec: {containers: [{name: c, image: i}]}}"
                        .formatted(kind);
        var group = kind.equals("Rollout") ? "argoproj.io/v1alpha1" : "apps/v1";
        var spec = "spec: {selector: {matchLabels: {app: %s}}, template: %s}";
        tenant.apply(
                """
                apiVersion: %s
                kind: %s
                metadata: {name: app}
                %s
                """
                        .formatted(group, kind, spec.formatted(kind, template)));
        var uid =
                admin.genericKubernetesResources(group, kind)
                        .inNamespace(tenant.namespace())
                        .withName("app")
                        .require()
                        .getMetadata()
                        .getUid();
        tenant.apply(
                """
                apiVersion: apps/v1
                kind: %s
                metadata:
                  name: %s-1
                  labels: {app: %s}
                  ownerReferences: [{apiVersion: %s, kind: %s, name: app, uid: %s, controller: true}]
                %s
                """
                        .formatted(
                                past,
                                kind.toLowerCase(Locale.ROOT),
                                kind,
                                group,
                                kind,
                                uid,
                                past.equals("ReplicaSet")
                                        ? spec.formatted(kind, template)
                                        : "revision: 1\ndata: {spec: {template: {}}}"));
    }

    private int failures(Tenant tenant) {
        return admin.v1().events().inNamespace(tenant.namespace()).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals("failing"))
                .mapToInt(event -> event.getCount())
                .sum();
    }

    private void asRole(Tenant tenant) {
        var role = "arn:aws:iam::123456789012:role/app";
        cluster.aws.iam().trustOnly(role, "system:serviceaccount:" + tenant.namespace() + ":app");
        tenant.apply(
                """
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: app, annotations: {eks.amazonaws.com/role-arn: "%s"}}
                """
                        .formatted(role));
        tenant.apply(
                """
                apiVersion: external-secrets.io/v1
                kind: SecretStore
                metadata: {name: by-role}
                spec:
                  provider:
                    aws:
                      service: SecretsManager
                      region: eu-central-1
                      auth: {jwt: {serviceAccountRef: {name: app}}}
                """);
        tenant.awaitStore("by-role", "Valid");
    }

    /** Of these rules and of those for leader election. */
    private Set<String> unused(List<PolicyRule> rules) {
        var election =
                admin.rbac()
                        .roles()
                        .inNamespace(NAMESPACE)
                        .withName(NAMESPACE + "-leader-election")
                        .require();
        var unused = new TreeSet<String>();
        Stream.concat(rules.stream(), election.getRules().stream())
                .flatMap(RightsInUseIT::rights)
                .forEach(unused::add);
        assertThat(unused).hasSizeGreaterThan(20);
        server.audit().stream().map(RightsInUseIT::right).forEach(unused::remove);
        unused.removeAll(RARE.keySet());
        return unused;
    }

    private static Stream<String> rights(PolicyRule rule) {
        return rule.getApiGroups().stream()
                .flatMap(
                        group ->
                                rule.getResources().stream()
                                        .flatMap(
                                                resource ->
                                                        rule.getVerbs().stream()
                                                                .map(
                                                                        verb ->
                                                                                right(
                                                                                        verb, group,
                                                                                        resource))));
    }

    private static String right(String auditEvent) {
        var event = Serialization.unmarshal(auditEvent, JsonNode.class);
        var object = event.path("objectRef");
        var subresource = object.path("subresource").asText();
        return right(
                event.path("verb").asText(),
                object.path("apiGroup").asText(),
                object.path("resource").asText()
                        + (subresource.isEmpty() ? "" : "/" + subresource));
    }

    private static String right(String verb, String group, String resource) {
        return verb + " " + (group.isEmpty() ? "" : group + "/") + resource;
    }
}
