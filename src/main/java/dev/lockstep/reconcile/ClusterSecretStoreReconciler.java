package dev.lockstep.reconcile;

import dev.lockstep.api.ClusterSecretStore;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.inject.Singleton;
import java.util.List;

/** Says whether each ClusterSecretStore can be used. */
@ControllerConfiguration(
        name = "clustersecretstore",
        // JOSDK 5.3.2 else loses spec edits that arrive while it writes a status.
        informer = @Informer(comparableResourceVersions = false))
@GradualRetry(
        maxAttempts = -1,
        initialInterval = 1_000,
        intervalMultiplier = 2,
        maxInterval = 300_000)
@Singleton
// Where the operator is scoped to namespaces, it may not watch what belongs to none.
@LookupIfProperty(name = "lockstep.namespaces", stringValue = "", lookupIfMissing = true)
public final class ClusterSecretStoreReconciler implements Reconciler<ClusterSecretStore> {
    private final StoreReconciliation stores;
    private final StoreEvents<ClusterSecretStore> events;

    public ClusterSecretStoreReconciler(StoreReconciliation stores, Wakes wakes) {
        this.stores = stores;
        this.events = new StoreEvents<>(wakes);
    }

    @Override
    public List<EventSource<?, ClusterSecretStore>> prepareEventSources(
            EventSourceContext<ClusterSecretStore> context) {
        return events.prepare(context, stores::forget);
    }

    @Override
    public UpdateControl<ClusterSecretStore> reconcile(
            ClusterSecretStore store, Context<ClusterSecretStore> context) {
        return StoreEvents.control(store, new ClusterSecretStore(), stores.reconcile(store));
    }
}
