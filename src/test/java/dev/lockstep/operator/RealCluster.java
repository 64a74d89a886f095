package dev.lockstep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.lockstep.crds.CrdInstallation;
import dev.lockstep.sandbox.EmbeddedAws;
import dev.lockstep.sandbox.KubeApiServer;
import dev.lockstep.sandbox.OperatorProcess;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A real API server with our CRDs and {@code deploy/}, an embedded AWS, and the packaged operator,
 * which may do what {@code deploy/} grants it and nothing else.
 */
final class RealCluster implements AutoCloseable {
    private static final Path DEPLOY = Path.of("deploy");
    static final String CLUSTER_NAME = "production";
    private static final String POD = "lockstep-0";
    private static final String NAMESPACE = "lockstep-system";
    private static final String ACCOUNT = "system:serviceaccount:" + NAMESPACE + ":lockstep";

    final EmbeddedAws aws = EmbeddedAws.start();
    final KubeApiServer server;
    final KubernetesClient admin;
    private final Path kubeconfig;
    private final double forbiddenBefore;
    private OperatorProcess operator;

    private RealCluster(KubeApiServer server, KubernetesClient admin) {
        this.server = server;
        this.admin = admin;
        CrdInstallation.install(admin);
        deploy();
        kubeconfig = server.kubeconfig(server.configFor(ACCOUNT));
        forbiddenBefore = forbidden();
        // A leader that was killed keeps its lease, for longer than a test wants to wait.
        admin.leases().inNamespace(NAMESPACE).withName("lockstep").delete();
        operator = startOperator(POD, aws);
    }

    static RealCluster start(KubeApiServer server, KubernetesClient admin) {
        return new RealCluster(server, admin);
    }

    /** What the kustomization names; but the Deployment would have no node to run on. */
    private void deploy() {
        var kustomization =
                Serialization.unmarshal(
                        text(DEPLOY.resolve("kustomization.yaml")), Kustomization.class);
        for (var file : kustomization.resources()) {
            if (!file.equals("deployment.yaml")) {
                apply(text(DEPLOY.resolve(file)));
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
        var environment =
                Map.of(
                        "HOSTNAME", pod,
                        "LOCKSTEP_LEADER_ELECTION_LEASE_NAMESPACE", NAMESPACE,
                        "LOCKSTEP_CLUSTER_NAME", CLUSTER_NAME);
        return OperatorProcess.start(kubeconfig, aws.endpoint(), environment);
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
        admin.load(Tenant.stream(yaml)).forceConflicts().serverSideApply();
    }

    /** Throws if the operator has asked for anything that {@code deploy/} does not grant it. */
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
