package dev.lockstep.moving;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The Secrets of one namespace as they were when this was made, and every write to them since. */
final class SecretLog implements Watcher<Secret>, AutoCloseable {

    /** One write, as the API server tells of it. */
    record Write(Action action, Secret secret) {
        String name() {
            return secret.getMetadata().getName();
        }
    }

    private static final String LAST = "last-write-of-this-log";

    private final KubernetesClient admin;
    private final String namespace;
    private final Map<String, Secret> before = new TreeMap<>();
    private final List<Write> writes = new CopyOnWriteArrayList<>();
    private final Watch watch;

    SecretLog(KubernetesClient admin, String namespace) {
        this.admin = admin;
        this.namespace = namespace;
        var list = admin.secrets().inNamespace(namespace).list();
        list.getItems().forEach(secret -> before.put(secret.getMetadata().getName(), secret));
        watch =
                admin.secrets()
                        .inNamespace(namespace)
                        .withResourceVersion(list.getMetadata().getResourceVersion())
                        .watch(this);
    }

    Map<String, Secret> before() {
        return before;
    }

    /** All writes until now: one more is made, and when it is seen, so are those before it. */
    List<Write> untilNow() {
        var last = new SecretBuilder();
        admin.secrets()
                .inNamespace(namespace)
                .resource(last.withNewMetadata().withName(LAST).endMetadata().build())
                .create();
        EsoCluster.awaiting("the last write to Secrets")
                .until(() -> writes.stream().anyMatch(write -> write.name().equals(LAST)));
        return writes.stream().takeWhile(write -> !write.name().equals(LAST)).toList();
    }

    @Override
    public void eventReceived(Action action, Secret secret) {
        if (action != Action.BOOKMARK) {
            writes.add(new Write(action, secret));
        }
    }

    @Override
    public void onClose(WatcherException cause) {}

    @Override
    public void close() {
        watch.close();
    }
}
