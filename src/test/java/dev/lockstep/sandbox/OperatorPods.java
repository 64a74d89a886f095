package dev.lockstep.sandbox;

import static java.net.HttpURLConnection.HTTP_OK;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * What a kubelet is to the operator's pods in a cluster without nodes: for each pod of a Deployment
 * called {@code lockstep} the packaged operator runs as a process, as the pod's ServiceAccount,
 * with the pod's options; the pod is ready when the operator says so, and when it is deleted the
 * operator is asked to end. Needs the Deployment's controllers.
 */
public final class OperatorPods implements ResourceEventHandler<Pod>, AutoCloseable {
    private static final String NAME = "lockstep";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KubeApiServer server;
    private final KubernetesClient admin;
    private final URI aws;
    private final Map<String, OperatorProcess> running = new ConcurrentHashMap<>();
    private final StringBuffer endedLogs = new StringBuffer();
    private final ExecutorService work = Executors.newCachedThreadPool();
    private final SharedIndexInformer<Pod> pods;

    public OperatorPods(KubeApiServer server, KubernetesClient admin, URI aws) {
        this.server = server;
        this.admin = admin;
        this.aws = aws;
        pods = admin.pods().inAnyNamespace().withLabel("app.kubernetes.io/name", NAME).inform(this);
    }

    /** How many run. */
    public int running() {
        return running.size();
    }

    /** All that the operators have logged, those that still run last. */
    public String log() {
        return endedLogs
                + running.values().stream().map(OperatorProcess::log).collect(Collectors.joining());
    }

    @Override
    public void onAdd(Pod pod) {
        work.execute(() -> start(pod));
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
        // The spec of a pod does not change, and its status is written here.
    }

    @Override
    public void onDelete(Pod pod, boolean stateIsUnknown) {
        work.execute(() -> end(pod.getMetadata().getUid()));
    }

    private void start(Pod pod) {
        var namespace = pod.getMetadata().getNamespace();
        var account = pod.getSpec().getServiceAccountName();
        var user = "system:serviceaccount:%s:%s".formatted(namespace, account);
        var kubeconfig = server.kubeconfig(server.configFor(user));
        var operator = OperatorProcess.start(kubeconfig, aws, options(pod));
        running.put(pod.getMetadata().getUid(), operator);
        if (isGone(pod)) {
            end(pod.getMetadata().getUid());
        } else {
            await().atMost(PATIENCE).until(() -> operator.get("/q/health/ready").code() == HTTP_OK);
            markReady(pod);
        }
    }

    private boolean isGone(Pod pod) {
        var now = admin.resource(pod).get();
        return now == null || !now.getMetadata().getUid().equals(pod.getMetadata().getUid());
    }

    /** Of the operator itself; what a JVM is told is for a container's size. */
    private static Map<String, String> options(Pod pod) {
        var options =
                pod.getSpec().getContainers().stream()
                        .map(Container::getEnv)
                        .flatMap(List::stream)
                        .filter(variable -> variable.getName().startsWith("LOCKSTEP_"))
                        .filter(variable -> variable.getValue() != null)
                        .collect(Collectors.toMap(v -> v.getName(), v -> v.getValue()));
        // A pod finds its namespace beside its token, which a process has not.
        options.putIfAbsent(
                "LOCKSTEP_LEADER_ELECTION_LEASE_NAMESPACE", pod.getMetadata().getNamespace());
        return options;
    }

    private void markReady(Pod pod) {
        var status =
                """
                {"status": {"phase": "Running", "conditions": [
                  {"type": "Ready", "status": "True", "lastTransitionTime": "%s"}]}}
                """
                        .formatted(Instant.now());
        admin.resource(pod)
                .subresource("status")
                .patch(PatchContext.of(PatchType.JSON_MERGE), status);
    }

    private void end(String uid) {
        var operator = running.remove(uid);
        if (operator != null) {
            operator.terminate();
            operator.awaitEnd(PATIENCE);
            endedLogs.append(operator.log());
            operator.close();
        }
    }

    @Override
    public void close() {
        pods.close();
        work.shutdownNow();
        running.values().forEach(OperatorProcess::close);
    }
}
