package dev.lockstep.reconcile;

import dev.lockstep.api.SecretStore;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.util.List;

/** Says whether each SecretStore can be used. */
@ControllerConfiguration(
        name = "secretstore",
        // JOSDK 5.3.2 else loses spec edits that arrive while it writes a status.
        informer = @Informer(comparableResourceVersions = false))
@GradualRetry(
        maxAttempts = -1,
        initialInterval = 1_000,
        intervalMultiplier = 2,
        maxInterval = 300_000)
@Singleton
public final class SecretStoreReconciler implements Reconciler<SecretStore> {
    private final StoreReconciliation stores;
    private final StoreEvents<SecretStore> events;

    public SecretStoreReconciler(StoreReconciliation stores, Wakes wakes) {
        this.stores = stores;
        this.events = new StoreEvents<>(wakes);
    }

    @Override
    public List<EventSource<?, SecretStore>> prepareEventSources(
            EventSourceContext<SecretStore> context) {
        return events.prepare(context, stores::forget);
    }

    @Override
    public UpdateControl<SecretStore> reconcile(SecretStore store, Context<SecretStore> context) {
        return StoreEvents.control(store, new SecretStore(), stores.reconcile(store));
    }
}
