package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.api.ExternalSecretStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/** Keeps the Secret of each ExternalSecret in step with its remote secrets. */
@ControllerConfiguration(
        name = "externalsecret",
        // An annotation (force-sync) must wake it; the filter keeps our own status writes out.
        generationAwareEventProcessing = false,
        informer =
                @Informer(
                        onUpdateFilter = SpecOrMetadataChanged.class,
                        // JOSDK 5.3.2 else loses spec edits that arrive while it writes a status.
                        comparableResourceVersions = false))
@GradualRetry(
        maxAttempts = -1,
        initialInterval = 1_000,
        intervalMultiplier = 2,
        maxInterval = 300_000)
@Singleton
public final class ExternalSecretReconciler implements Reconciler<ExternalSecret> {
    private final ExternalSecretEvents events;
    private final StoreResolver stores;
    private final SecretSync sync;
    private final StatusReport report;
    private final EsoTakeOver takeOver;
    private final Announcer announcer;
    private final RolledOut rolledOut;
    private final Clock clock;

    public ExternalSecretReconciler(
            ExternalSecretEvents events,
            StoreResolver stores,
            SecretSync sync,
            StatusReport report,
            EsoTakeOver takeOver,
            Announcer announcer,
            RolledOut rolledOut,
            Clock clock) {
        this.events = events;
        this.stores = stores;
        this.sync = sync;
        this.report = report;
        this.takeOver = takeOver;
        this.announcer = announcer;
        this.rolledOut = rolledOut;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, ExternalSecret>> prepareEventSources(
            EventSourceContext<ExternalSecret> context) {
        return events.prepare(context, takeOver::releaseDeleting, this::forgetWhole);
    }

    @Override
    public UpdateControl<ExternalSecret> reconcile(
            ExternalSecret externalSecret, Context<ExternalSecret> context) {
        if (!stores.isOurs(externalSecret)) {
            forget(externalSecret);
            return UpdateControl.noUpdate();
        }
        takeOver.release(externalSecret);
        var now = clock.instant();
        var cached = externalSecret.status();
        externalSecret.setStatus(sync.lastStatus(externalSecret, now));
        var result = sync.sync(externalSecret, now);
        if (context.getPrimaryCache().get(ResourceID.fromResource(externalSecret)).isEmpty()) {
            // It went while this ran, and JOSDK does not come back: what is used now is let go.
            forgetWhole(externalSecret);
            return UpdateControl.noUpdate();
        }
        rolledOut.reconciled(externalSecret);
        var status = report.status(externalSecret, result, now);
        status.ifPresent(after -> sync.reported(externalSecret, cached, after, now));
        announcer.announce(externalSecret, result, status, now);
        return status.map(changed -> UpdateControl.patchStatus(patch(externalSecret, changed)))
                .orElseGet(UpdateControl::noUpdate)
                .rescheduleAfter(report.next(externalSecret, result, now));
    }

    /** A fresh object: server-side apply removes what we no longer send, and sends nothing else. */
    private static ExternalSecret patch(
            ExternalSecret externalSecret, ExternalSecretStatus status) {
        var patch = new ExternalSecret();
        patch.setMetadata(
                new ObjectMetaBuilder()
                        .withNamespace(externalSecret.getMetadata().getNamespace())
                        .withName(externalSecret.getMetadata().getName())
                        .build());
        patch.setStatus(status);
        return patch;
    }

    private void forgetWhole(ExternalSecret externalSecret) {
        forget(externalSecret);
        sync.forgetWhole(externalSecret);
    }

    /** Nothing is remembered of what is gone, or another operator's. */
    private void forget(ExternalSecret externalSecret) {
        sync.forget(externalSecret);
        takeOver.forget(externalSecret);
        announcer.forget(externalSecret);
    }
}
