package dev.lockstep.reconcile;

import dev.lockstep.api.SecretStoreSpec;
import dev.lockstep.api.SecretStoreStatus;
import dev.lockstep.api.Store;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What wakes stores of one kind: the Secrets and ServiceAccounts that they refer to. */
final class StoreEvents<S extends CustomResource<SecretStoreSpec, SecretStoreStatus> & Store> {
    private final WokenEventSource<S> woken = new WokenEventSource<>();
    private volatile @Nullable IndexerResourceCache<S> stores;

    StoreEvents(Wakes wakes) {
        wakes.onStores(this::wake);
    }

    List<EventSource<?, S>> prepare(EventSourceContext<S> context, Consumer<S> onDeleted) {
        stores = context.getPrimaryCache();
        woken.onDeleted(onDeleted);
        return List.of(woken);
    }

    private void wake(Predicate<Store> concerned) {
        var known = stores;
        if (known != null && woken.isRunning()) {
            known.list(concerned::test)
                    .map(ResourceID::fromResource)
                    .forEach(woken::propagateEvent);
        }
    }

    /**
     * How a reconciliation ends.
     *
     * @param patch a new object to send the status with, so that nothing else is sent
     */
    static <S extends CustomResource<SecretStoreSpec, SecretStoreStatus> & Store>
            UpdateControl<S> control(S store, S patch, StoreReconciliation.Outcome outcome) {
        var control =
                outcome.status()
                        .map(
                                status -> {
                                    patch.setMetadata(name(store));
                                    patch.setStatus(status);
                                    return UpdateControl.patchStatus(patch);
                                })
                        .orElseGet(UpdateControl::noUpdate);
        outcome.next().ifPresent(control::rescheduleAfter);
        return control;
    }

    private static ObjectMeta name(Store store) {
        return new ObjectMetaBuilder()
                .withNamespace(store.getMetadata().getNamespace())
                .withName(store.getMetadata().getName())
                .build();
    }
}
