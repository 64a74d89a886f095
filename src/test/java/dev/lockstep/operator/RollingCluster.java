package dev.lockstep.operator;

import static org.awaitility.Awaitility.await;

import dev.lockstep.api.Condition;
import dev.lockstep.api.ExternalSecret;
import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.PodReadiness;
import dev.lockstep.sandbox.RunningOperator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.apps.ControllerRevision;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * A real API server with Kubernetes' own controllers, an embedded AWS, and an operator that may
 * restart workloads. Pods come up as soon as they are made, unless {@link #pods} says otherwise.
 */
final class RollingCluster implements AutoCloseable {
    /** A restart waits for ten seconds of quiet, and then for Kubernetes. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final KubeApiServer server = KubeApiServer.launch();
    final KubernetesClient admin =
            new KubernetesClientBuilder().withConfig(server.adminConfig()).build();
    final EmbeddedAws aws = EmbeddedAws.start();
    final PodReadiness pods;
    private RunningOperator operator;

    RollingCluster() {
        CrdInstallation.install(admin);
        ArgoRollouts.install(admin);
        server.startControllerManager();
        pods = PodReadiness.start(admin);
        startOperator();
    }

    private void startOperator() {
        operator =
                RunningOperator.start(
                        admin,
                        server.adminConfig(),
                        aws.endpoint(),
                        Map.of("min-refresh-interval", "100ms", "rollout.enabled", "true"));
    }

    /** Nothing that it remembers survives. */
    void restartOperator() {
        operator.close();
        startOperator();
    }

    /** One that takes the pods of DaemonSets. */
    Node node() {
        var fresh = new NodeBuilder().withNewMetadata().withName("node").endMetadata().build();
        admin.resource(fresh).create();
        // Nobody else says that it is ready.
        return admin.nodes()
                .withName("node")
                .edit(
                        made -> {
                            made.getSpec().setTaints(List.of());
                            return made;
                        });
    }

    /** A namespace with the store {@code aws}. */
    Team team() {
        var fresh = new NamespaceBuilder().withNewMetadata().withGenerateName("team-");
        var made = admin.resource(fresh.endMetadata().build()).create().getMetadata().getName();
        var team = new Team(made);
        team.apply(Sandbox.CREDENTIALS);
        team.apply(Sandbox.store(""));
        return team;
    }

    @Override
    public void close() {
        operator.close();
        pods.close();
        aws.close();
        admin.close();
        server.close();
    }

    /** One team's namespace. */
    final class Team {
        final String namespace;

        private Team(String namespace) {
            this.namespace = namespace;
        }

        void apply(String yaml) {
            apply(yaml, "admin");
        }

        void apply(String yaml, String manager) {
            var here = yaml.replace("namespace: default", "namespace: " + namespace);
            for (var object : admin.load(Tenant.stream(here)).items()) {
                object.getMetadata().setNamespace(namespace);
                admin.resource(object).fieldManager(manager).forceConflicts().serverSideApply();
            }
        }

        /** A remote secret, and the Secret of the same name that is made of it. */
        void secret(String name, String rollout) {
            aws.client()
                    .createSecret(r -> r.name(key(name)).secretString("{\"password\": \"first\"}"));
            declare(name, rollout);
            awaitSecret(name, "first");
            // A workload made later is younger by Kubernetes' clock too, which counts seconds.
            var next = changedAt(name).plusSeconds(1);
            await("the next second").until(() -> Instant.now().isAfter(next));
        }

        void declare(String name, String rollout) {
            apply(
                    """
                    apiVersion: external-secrets.io/v1
                    kind: ExternalSecret
                    metadata: {name: %s}
                    spec:
                      secretStoreRef: {name: aws}
                      refreshInterval: 1h
                      data: [{secretKey: password, remoteRef: {key: %s, property: password}}]
                      rollout: %s
                    """
                            .formatted(name, key(name), rollout));
        }

        private String key(String name) {
            return namespace + "/" + name;
        }

        void rotate(String name, String password) {
            put(name, "{\"password\": \"" + password + "\"}");
            awaitSecret(name, password);
        }

        /** A new version of the remote secret. */
        void put(String name, String value) {
            aws.client().putSecretValue(r -> r.secretId(key(name)).secretString(value));
        }

        private void awaitSecret(String name, String password) {
            operator.awaitData(namespace, name, Map.of("password", password));
        }

        Instant changedAt(String secret) {
            return Instant.parse(annotation(secret, "lockstep.dev/changed-at"));
        }

        String versions(String secret) {
            return annotation(secret, "lockstep.dev/versions");
        }

        String revision(String secret) {
            return annotation(secret, "lockstep.dev/revision");
        }

        private String annotation(String secret, String name) {
            return admin.secrets()
                    .inNamespace(namespace)
                    .withName(secret)
                    .require()
                    .getMetadata()
                    .getAnnotations()
                    .get(name);
        }

        /** With a pod spec in flow style, and waits until it is up. */
        void deployment(String name, String podSpec) {
            deployment(name, podSpec, "");
            awaitUp(name);
        }

        /** With more of its spec. */
        void deployment(String name, String podSpec, String spec) {
            apply(manifest("Deployment", name, podSpec, "replicas: 1\n" + spec));
        }

        String manifest(String kind, String name, String podSpec, String spec) {
            return """
            apiVersion: apps/v1
            kind: %s
            metadata: {name: %s}
            spec:
              selector: {matchLabels: {app: %s}}
              template:
                metadata: {labels: {app: %s}}
                spec: %s
            """
                            .formatted(kind, name, name, name, podSpec)
                    + spec.indent(2);
        }

        void awaitUp(String deployment) {
            eventually(
                    "Deployment " + deployment + " to be up",
                    () ->
                            admin
                                    .apps()
                                    .deployments()
                                    .inNamespace(namespace)
                                    .withName(deployment)
                                    .require()
                                    .getStatus()
                                    .getConditions()
                                    .stream()
                                    .anyMatch(c -> "NewReplicaSetAvailable".equals(c.getReason())));
        }

        /** How many templates it has had, so one more than restarts. */
        int templates(String workload) {
            return (int)
                    (admin
                                    .resources(ReplicaSet.class)
                                    .inNamespace(namespace)
                                    .list()
                                    .getItems()
                                    .stream()
                                    .filter(past -> isOf(past, workload))
                                    .count()
                            + admin
                                    .resources(ControllerRevision.class)
                                    .inNamespace(namespace)
                                    .list()
                                    .getItems()
                                    .stream()
                                    .filter(past -> isOf(past, workload))
                                    .count());
        }

        private static boolean isOf(HasMetadata past, String workload) {
            return past.getMetadata().getOwnerReferences().stream()
                    .anyMatch(owner -> owner.getName().equals(workload));
        }

        void awaitTemplates(String workload, int number) {
            eventually(number + " templates of " + workload, () -> templates(workload) == number);
        }

        Condition awaitRolledOut(String externalSecret, String reason) {
            return operator.awaitExternalSecret(
                    namespace, externalSecret, Condition.ROLLED_OUT, reason, PATIENCE);
        }

        /** Waits until as many workloads are known to have the value. */
        void awaitCurrent(String externalSecret, int workloads) {
            eventually(
                    workloads + " workloads of " + externalSecret + " to be current",
                    () ->
                            admin.resources(ExternalSecret.class)
                                    .inNamespace(namespace)
                                    .withName(externalSecret)
                                    .require()
                                    .status()
                                    .condition(Condition.ROLLED_OUT)
                                    .filter(Condition::holds)
                                    .filter(c -> c.message().endsWith(": " + workloads))
                                    .isPresent());
        }

        Set<String> events(String reason) {
            return admin.v1().events().inNamespace(namespace).list().getItems().stream()
                    .filter(event -> event.getReason().equals(reason))
                    .map(event -> event.getMessage())
                    .collect(Collectors.toSet());
        }

        void eventually(String what, Callable<Boolean> holds) {
            await(what).atMost(PATIENCE).until(holds);
        }
    }
}
