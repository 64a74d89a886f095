package dev.lockstep.config;

import dev.lockstep.cluster.EventRecorder;
import dev.lockstep.observe.ConditionMetrics;
import dev.lockstep.reconcile.Announcer;
import dev.lockstep.reconcile.ClusterExternalSecretEvents;
import dev.lockstep.reconcile.EsoClusterTakeOver;
import dev.lockstep.reconcile.EsoTakeOver;
import dev.lockstep.reconcile.ExternalSecretEvents;
import dev.lockstep.reconcile.NamespaceProvisioning;
import dev.lockstep.reconcile.RolledOut;
import dev.lockstep.reconcile.SecretSync;
import dev.lockstep.reconcile.StatusReport;
import dev.lockstep.reconcile.StoreReconciliation;
import dev.lockstep.reconcile.StoreResolver;
import dev.lockstep.reconcile.Wakes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.prometheus.client.CollectorRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** What the reconcilers, which Quarkus makes, are given of the {@link Rooms}. */
@Singleton
public final class Beans {

    /** Quarkus' own producer makes a new one for each who asks, so that ours would not be seen. */
    @Produces
    @Singleton
    CollectorRegistry collectors() {
        return new CollectorRegistry(true);
    }

    @Produces
    @Singleton
    Rooms rooms(
            KubernetesClient client,
            LockstepConfig config,
            MeterRegistry registry,
            CollectorRegistry collectors) {
        var rooms = new Rooms(client, config, System.getenv(), registry);
        if (config.conditionMetrics()) {
            collectors.register(rooms.conditions());
        }
        return rooms;
    }

    void close(@Disposes Rooms rooms) {
        rooms.close();
    }

    @Produces
    @Singleton
    Clock clock(Rooms rooms) {
        return rooms.clock();
    }

    @Produces
    @Singleton
    Wakes wakes(Rooms rooms) {
        return rooms.wakes();
    }

    @Produces
    @Singleton
    ExternalSecretEvents externalSecretEvents(Rooms rooms) {
        return rooms.externalSecretEvents();
    }

    @Produces
    @Singleton
    StoreResolver storeResolver(Rooms rooms) {
        return rooms.storeResolver();
    }

    @Produces
    @Singleton
    SecretSync secretSync(Rooms rooms) {
        return rooms.secretSync();
    }

    @Produces
    @Singleton
    StatusReport statusReport(Rooms rooms) {
        return rooms.statusReport();
    }

    @Produces
    @Singleton
    EsoTakeOver takeOver(Rooms rooms) {
        return rooms.takeOver();
    }

    @Produces
    @Singleton
    Announcer announcer(Rooms rooms) {
        return rooms.announcer();
    }

    @Produces
    @Singleton
    EventRecorder events(Rooms rooms) {
        return rooms.events();
    }

    @Produces
    @Singleton
    ConditionMetrics conditions(Rooms rooms) {
        return rooms.conditions();
    }

    @Produces
    @Singleton
    ClusterExternalSecretEvents clusterExternalSecretEvents(Rooms rooms) {
        return rooms.clusterExternalSecretEvents();
    }

    @Produces
    @Singleton
    NamespaceProvisioning provisioning(Rooms rooms) {
        return rooms.provisioning();
    }

    @Produces
    @Singleton
    EsoClusterTakeOver clusterTakeOver(Rooms rooms) {
        return rooms.clusterTakeOver();
    }

    @Produces
    @Singleton
    RolledOut rolledOut(Rooms rooms) {
        return rooms.rolledOut();
    }

    @Produces
    @Singleton
    StoreReconciliation storeReconciliation(Rooms rooms) {
        return rooms.storeReconciliation();
    }
}
