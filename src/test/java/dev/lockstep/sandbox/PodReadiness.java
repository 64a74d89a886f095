package dev.lockstep.sandbox;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where there are no nodes: says of each pod that it is ready, but for those of workloads that are
 * told not to come up. A pod belongs to the workload that its label {@code app} names.
 */
public final class PodReadiness implements ResourceEventHandler<Pod>, AutoCloseable {
    private final KubernetesClient admin;
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final SharedIndexInformer<Pod> informer;

    private PodReadiness(KubernetesClient admin) {
        this.admin = admin;
        informer = admin.pods().inAnyNamespace().runnableInformer(0);
        informer.addEventHandler(this);
        informer.start();
    }

    public static PodReadiness start(KubernetesClient admin) {
        return new PodReadiness(admin);
    }

    /** Pods of this workload stay as they are from now on. */
    public void breakDown(String app) {
        broken.add(app);
    }

    /** They come up. */
    public void mend(String app) {
        broken.remove(app);
        informer.getStore().list().forEach(this::onAdd);
    }

    @Override
    public void onAdd(Pod pod) {
        var app = pod.getMetadata().getLabels().getOrDefault("app", "");
        if (broken.contains(app) || pod.isMarkedForDeletion() || isReady(pod)) {
            return;
        }
        var now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        var ready =
                new PodBuilder(pod)
                        .editMetadata()
                        .withResourceVersion(null)
                        .endMetadata()
                        .withNewStatus()
                        .withPhase("Running")
                        .addNewCondition()
                        .withType("Ready")
                        .withStatus("True")
                        .withLastTransitionTime(now)
                        .endCondition()
                        .endStatus()
                        .build();
        try {
            admin.resource(ready).patchStatus();
        } catch (KubernetesClientException e) {
            // It has gone meanwhile.
            if (e.getCode() != 404) {
                throw e;
            }
        }
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(c -> c.getType().equals("Ready") && c.getStatus().equals("True"));
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {}

    @Override
    public void onDelete(Pod pod, boolean stateIsUnknown) {}

    @Override
    public void close() {
        informer.stop();
    }
}
