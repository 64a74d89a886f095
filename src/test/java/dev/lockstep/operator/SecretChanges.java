package dev.lockstep.operator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Every write to one Secret since this was made, as the API server tells of them. */
final class SecretChanges implements Watcher<Secret>, AutoCloseable {
    private static final String LAST = "test.lockstep.dev/last";

    private final List<Secret> seen = new CopyOnWriteArrayList<>();
    private final Tenant tenant;
    private final String name;
    private final Watch watch;

    private SecretChanges(Tenant tenant, String name) {
        this.tenant = tenant;
        this.name = name;
        watch = tenant.secrets(name).watch(this);
    }

    static SecretChanges of(Tenant tenant, String name) {
        return new SecretChanges(tenant, name);
    }

    /** All of them: one more is made, and when it is seen, so are those before it. */
    List<Secret> untilNow() {
        Tenant.merge(
                tenant.secrets(name),
                "{\"metadata\": {\"annotations\": {\"%s\": \"true\"}}}".formatted(LAST));
        Tenant.awaiting("the last change").until(() -> seen.stream().anyMatch(SecretChanges::last));
        return seen.stream().takeWhile(secret -> !last(secret)).toList();
    }

    private static boolean last(Secret secret) {
        return secret.getMetadata().getAnnotations().containsKey(LAST);
    }

    @Override
    public void eventReceived(Action action, Secret secret) {
        if (action == Action.MODIFIED) {
            seen.add(secret);
        }
    }

    @Override
    public void onClose(WatcherException cause) {}

    @Override
    public void close() {
        watch.close();
    }
}
