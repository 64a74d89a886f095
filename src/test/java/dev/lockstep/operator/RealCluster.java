package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.deploy.Chart;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.Helm;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A real API server with our CRDs and {@code deploy/} or the chart, an embedded AWS, and the
 * packaged operator, which may do what these grant it and nothing else.
 */
final class RealCluster implements AutoCloseable {
    private static final Path DEPLOY = Path.of("deploy");
    static final String CLUSTER_NAME = "production";
    private static final String POD = "lockstep-0";
    private static final String NAMESPACE = "lockstep-system";
    private static final String CHART = "helm/lockstep";

    final EmbeddedAws aws = EmbeddedAws.start();
    final KubeApiServer server;
    final KubernetesClient admin;
    private final Path kubeconfig;
    private final Map<String, String> environment;
    private final double forbiddenBefore;
    private OperatorProcess operator;

    /** What was installed: the Deployment would have no node, and so this stands in for its pod. */
    private record Installation(String namespace, String account, Map<String, String> options) {}

    private RealCluster(KubeApiServer server, KubernetesClient admin, Installation installation) {
        this.server = server;
        this.admin = admin;
        var user = "system:serviceaccount:" + installation.namespace + ":" + installation.account;
        kubeconfig = server.kubeconfig(server.configFor(user));
        environment = new HashMap<>(installation.options);
        // In a pod it would know its namespace.
        environment.put("LOCKSTEP_LEADER_ELECTION_LEASE_NAMESPACE", installation.namespace);
        forbiddenBefore = forbidden();
        // A leader that was killed keeps its lease, for longer than a test wants to wait.
        admin.leases().inNamespace(installation.namespace).delete();
        operator = startOperator(POD, aws);
    }

    /** With {@code deploy/}. */
    static RealCluster start(KubeApiServer server, KubernetesClient admin) {
        CrdInstallation.install(admin);
        deploy(admin);
        var options = Map.of("LOCKSTEP_CLUSTER_NAME", CLUSTER_NAME);
        return new RealCluster(server, admin, new Installation(NAMESPACE, "lockstep", options));
    }

    /** With the chart as Helm installs it, and the options of its Deployment. */
    static RealCluster startWithChart(
            KubeApiServer server, KubernetesClient admin, String namespace, String... options) {
        CrdInstallation.install(admin);
        var command = new ArrayList<>(List.of("install", namespace, CHART, "-n", namespace));
        command.addAll(List.of("--create-namespace", "--set", "crds.enabled=false"));
        command.addAll(List.of(options));
        Helm.on(server).run(command.toArray(String[]::new)).successful();
        var deployment = admin.apps().deployments().inNamespace(namespace).list().getItems().get(0);
        var pod = deployment.getSpec().getTemplate().getSpec();
        return new RealCluster(
                server,
                admin,
                new Installation(
                        namespace, pod.getServiceAccountName(), Chart.options(deployment)));
    }

    /** What the kustomization names, but for the Deployment. */
    private static void deploy(KubernetesClient admin) {
        var kustomization =
                Serialization.unmarshal(
                        text(DEPLOY.resolve("kustomization.yaml")), Kustomization.class);
        for (var file : kustomization.resources()) {
            if (!file.equals("deployment.yaml")) {
                apply(admin, text(DEPLOY.resolve(file)));
            }
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Kustomization(List<String> resources) {}

    /** One more replica, which is ready but does not lead. */
    OperatorProcess startStandby(EmbeddedAws aws) {
        return startOperator("lockstep-1", aws);
    }

    private OperatorProcess startOperator(String pod, EmbeddedAws aws) {
        var ofThePod = new HashMap<>(environment);
        ofThePod.put("HOSTNAME", pod);
        return OperatorProcess.start(kubeconfig, aws.endpoint(), ofThePod);
    }

    OperatorProcess operator() {
        return operator;
    }

    /** Starts it again after it has ended, as the kubelet does in the same pod. */
    void startAgain() {
        assertThat(operator.isAlive()).as("the operator still runs").isFalse();
        operator.close();
        operator = startOperator(POD, aws);
    }

    /** Ends it at once, as a crash does (SIGKILL). */
    void killOperator() {
        operator.close();
    }

    /** The Lease by which one leads. */
    LeaseSpec lease() {
        return admin.leases().inNamespace(NAMESPACE).withName("lockstep").require().getSpec();
    }

    /** A namespace of its own for a test. */
    Tenant tenant() {
        return Tenant.create(this);
    }

    /** Applies YAML as an admin. */
    void apply(String yaml) {
        apply(admin, yaml);
    }

    private static void apply(KubernetesClient admin, String yaml) {
        admin.load(Tenant.stream(yaml)).forceConflicts().serverSideApply();
    }

    /** Throws if the operator has asked for anything that it is not granted. */
    void requireNothingForbidden() {
        assertThat(operator.log().lines().filter(line -> line.matches(".*[Ff]orbidden.*")))
                .as("what the operator says that Kubernetes forbids")
                .isEmpty();
        assertThat(forbidden())
                .as("requests that the API server answered with 403")
                .isEqualTo(forbiddenBefore);
    }

    /** As the API server itself counts. */
    private double forbidden() {
        return admin.raw("/metrics")
                .lines()
                .filter(line -> line.startsWith("apiserver_request_total{"))
                .filter(line -> line.contains("code=\"403\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        operator.close();
        aws.close();
    }
}
