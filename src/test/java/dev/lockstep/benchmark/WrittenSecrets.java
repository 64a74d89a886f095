package dev.lockstep.benchmark;

import dev.lockstep.sync.SecretAnnotations;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the operator writes, as a watch tells it: cheaper than to list it again and again. */
final class WrittenSecrets implements Watcher<Secret>, AutoCloseable {
    private final Map<String, Written> byName = new ConcurrentHashMap<>();
    private final AutoCloseable watch;

    private record Written(String value, long seenAt) {}

    WrittenSecrets(KubernetesClient admin, String namespace) {
        watch =
                admin.secrets()
                        .inNamespace(namespace)
                        .withLabel(SecretAnnotations.MANAGED_LABEL, SecretAnnotations.MANAGED)
                        .watch(this);
    }

    @Override
    public void eventReceived(Action action, Secret secret) {
        var bytes = Base64.getDecoder().decode(secret.getData().get("value"));
        var value = new String(bytes, StandardCharsets.UTF_8);
        byName.compute(
                secret.getMetadata().getName(),
                (name, before) ->
                        before != null && before.value.equals(value)
                                ? before
                                : new Written(value, System.nanoTime()));
    }

    int count() {
        return byName.size();
    }

    /** The value; null when there is no such Secret. */
    String value(String name) {
        var written = byName.get(name);
        return written == null ? null : written.value;
    }

    /** When it first carried that value, by {@link System#nanoTime}; null when it does not. */
    Long seenAt(String name, String value) {
        var written = byName.get(name);
        return written == null || !written.value.equals(value) ? null : written.seenAt;
    }

    @Override
    public void onClose(WatcherException cause) {
        throw new IllegalStateException("the watch of the benchmark has ended", cause);
    }

    @Override
    public void close() {
        try {
            watch.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot end the watch", e);
        }
    }
}
