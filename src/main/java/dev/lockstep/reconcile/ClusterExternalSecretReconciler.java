package dev.lockstep.reconcile;

import dev.lockstep.api.ClusterExternalSecret;
import dev.lockstep.api.ClusterExternalSecretStatus;
import dev.lockstep.api.ClusterExternalSecretStatus.FailedNamespace;
import dev.lockstep.api.Condition;
import dev.lockstep.api.GoDuration;
import dev.lockstep.cluster.EventRecorder;
import dev.lockstep.observe.ConditionMetrics;
import dev.lockstep.sync.Conditions;
import dev.lockstep.sync.NamespaceSelection;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps one ExternalSecret in each namespace that a ClusterExternalSecret selects. */
@ControllerConfiguration(
        name = "clusterexternalsecret",
        // An annotation (force-sync) must wake it; the filter keeps our own status writes out.
        generationAwareEventProcessing = false,
        informer =
                @Informer(
                        onUpdateFilter = ClusterExternalSecretChanged.class,
                        // JOSDK 5.3.2 else loses spec edits that arrive while it writes a status.
                        comparableResourceVersions = false))
@GradualRetry(
        maxAttempts = -1,
        initialInterval = 1_000,
        intervalMultiplier = 2,
        maxInterval = 300_000)
@Singleton
// Where the operator is scoped to namespaces, it may not watch what belongs to none.
@LookupIfProperty(name = "lockstep.namespaces", stringValue = "", lookupIfMissing = true)
@LookupIfProperty(
        name = "lockstep.cluster-external-secrets",
        stringValue = "true",
        lookupIfMissing = true)
public final class ClusterExternalSecretReconciler implements Reconciler<ClusterExternalSecret> {
    private static final Duration CACHES_FILL = Duration.ofSeconds(1);
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);
    private static final Duration DEFAULT_REFRESH = Duration.ofHours(1);

    private final ExternalSecretEvents seen;
    private final ClusterExternalSecretEvents events;
    private final NamespaceProvisioning provisioning;
    private final EsoClusterTakeOver takeOver;
    private final EventRecorder recorder;
    private final ConditionMetrics conditions;

    public ClusterExternalSecretReconciler(
            ExternalSecretEvents seen,
            ClusterExternalSecretEvents events,
            NamespaceProvisioning provisioning,
            EsoClusterTakeOver takeOver,
            EventRecorder recorder,
            ConditionMetrics conditions) {
        this.seen = seen;
        this.events = events;
        this.provisioning = provisioning;
        this.takeOver = takeOver;
        this.recorder = recorder;
        this.conditions = conditions;
    }

    @Override
    public List<EventSource<?, ClusterExternalSecret>> prepareEventSources(
            EventSourceContext<ClusterExternalSecret> context) {
        return events.prepare(context, this::forget);
    }

    @Override
    public UpdateControl<ClusterExternalSecret> reconcile(
            ClusterExternalSecret cluster, Context<ClusterExternalSecret> context) {
        if (!seen.seeNamespaces()) {
            // A namespace that is not seen yet would look as if it were not selected.
            return UpdateControl.<ClusterExternalSecret>noUpdate().rescheduleAfter(CACHES_FILL);
        }
        takeOver.release(cluster, seen.allNamespaces());
        var before = cluster.status();
        var status = status(cluster);
        conditions.set(
                ClusterExternalSecret.KIND,
                "",
                cluster.getMetadata().getName(),
                status.conditions());
        var failed = status.conditions().stream().anyMatch(condition -> !condition.holds());
        var control =
                status.equals(before)
                        ? UpdateControl.<ClusterExternalSecret>noUpdate()
                        : UpdateControl.patchStatus(patch(cluster, status));
        return control.rescheduleAfter(failed ? TRY_AGAIN : refreshTime(cluster));
    }

    private ClusterExternalSecretStatus status(ClusterExternalSecret cluster) {
        var problem = NamespaceSelection.problems(cluster).stream().findFirst();
        if (problem.isPresent()) {
            var wrong = problem.get();
            recorder.warning(cluster, wrong.reason().condition(), wrong.path(), wrong.message());
            return new ClusterExternalSecretStatus(
                    cluster.status().externalSecretName(),
                    cluster.status().failedNamespaces(),
                    cluster.status().provisionedNamespaces(),
                    List.of(ready(Optional.of(wrong.message()))));
        }
        var outcome = provisioning.provision(cluster);
        var failed = new ArrayList<FailedNamespace>();
        outcome.failed()
                .forEach(
                        (namespace, why) -> {
                            failed.add(new FailedNamespace(namespace, why));
                            recorder.warning(cluster, "NamespaceFailed", namespace, why);
                        });
        return new ClusterExternalSecretStatus(
                cluster.externalSecretName(),
                failed,
                List.copyOf(outcome.provisioned()),
                List.of(ready(message(failed))));
    }

    private static Optional<String> message(List<FailedNamespace> failed) {
        return failed.stream()
                .findFirst()
                .map(
                        first ->
                                "%d of the namespaces failed, the first is %s: %s"
                                        .formatted(
                                                failed.size(), first.namespace(), first.reason()));
    }

    /** In ESO's shape, without reason and time, so that its CRD takes it too. */
    private static Condition ready(Optional<String> trouble) {
        var condition =
                Conditions.of(
                        Condition.READY,
                        trouble.isEmpty(),
                        "",
                        trouble.orElse("each selected namespace has its ExternalSecret"));
        return new Condition(condition.type(), condition.status(), null, condition.message(), null);
    }

    /** Zero, less or none: an hour, as under ESO. */
    private static Duration refreshTime(ClusterExternalSecret cluster) {
        return Optional.ofNullable(cluster.spec().refreshTime())
                .flatMap(GoDuration::parse)
                .filter(time -> time.compareTo(Duration.ZERO) > 0)
                .orElse(DEFAULT_REFRESH);
    }

    /** A fresh object: server-side apply removes what we no longer send, and sends nothing else. */
    private static ClusterExternalSecret patch(
            ClusterExternalSecret cluster, ClusterExternalSecretStatus status) {
        var patch = new ClusterExternalSecret();
        patch.setMetadata(
                new ObjectMetaBuilder().withName(cluster.getMetadata().getName()).build());
        patch.setStatus(status);
        return patch;
    }

    private void forget(ClusterExternalSecret cluster) {
        takeOver.forget(cluster);
        conditions.remove(ClusterExternalSecret.KIND, "", cluster.getMetadata().getName());
    }
}
