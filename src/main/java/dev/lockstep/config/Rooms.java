package dev.lockstep.config;

import dev.lockstep.aws.AwsOptions;
import dev.lockstep.aws.AwsSecretSources;
import dev.lockstep.cluster.EsoClusterFinalizers;
import dev.lockstep.cluster.EsoFinalizer;
import dev.lockstep.cluster.EsoFinalizerRelease;
import dev.lockstep.cluster.EventRecorder;
import dev.lockstep.cluster.Generators;
import dev.lockstep.cluster.KubernetesCredentialSecrets;
import dev.lockstep.cluster.KubernetesServiceAccounts;
import dev.lockstep.cluster.ProvisionedExternalSecrets;
import dev.lockstep.cluster.References;
import dev.lockstep.cluster.SecretReader;
import dev.lockstep.cluster.SecretWriter;
import dev.lockstep.cluster.ServedSchema;
import dev.lockstep.gotemplate.Templates;
import dev.lockstep.gotemplate.functions.FunctionLibrary;
import dev.lockstep.observe.ConditionMetrics;
import dev.lockstep.observe.OperatorMetrics;
import dev.lockstep.reconcile.Announcer;
import dev.lockstep.reconcile.ClusterExternalSecretEvents;
import dev.lockstep.reconcile.ClusterExternalSecretReconciler;
import dev.lockstep.reconcile.ClusterSecretStoreReconciler;
import dev.lockstep.reconcile.EsoClusterTakeOver;
import dev.lockstep.reconcile.EsoTakeOver;
import dev.lockstep.reconcile.ExternalSecretEvents;
import dev.lockstep.reconcile.ExternalSecretReconciler;
import dev.lockstep.reconcile.Gatherer;
import dev.lockstep.reconcile.Generating;
import dev.lockstep.reconcile.GeneratorResolver;
import dev.lockstep.reconcile.Leadership;
import dev.lockstep.reconcile.NamespaceProvisioning;
import dev.lockstep.reconcile.ReconcileOptions;
import dev.lockstep.reconcile.RestartRequests;
import dev.lockstep.reconcile.RolledOut;
import dev.lockstep.reconcile.SecretStoreReconciler;
import dev.lockstep.reconcile.SecretSync;
import dev.lockstep.reconcile.StatusReport;
import dev.lockstep.reconcile.StoreReconciliation;
import dev.lockstep.reconcile.StoreResolver;
import dev.lockstep.reconcile.StoreValidation;
import dev.lockstep.reconcile.SyncHistory;
import dev.lockstep.reconcile.TargetSecrets;
import dev.lockstep.reconcile.TemplateContents;
import dev.lockstep.reconcile.TemplateRuns;
import dev.lockstep.reconcile.ValueFetch;
import dev.lockstep.reconcile.Wakes;
import dev.lockstep.rollout.Rollouts;
import dev.lockstep.sync.ControllerClass;
import dev.lockstep.sync.Heartbeat;
import dev.lockstep.watch.SharedReads;
import dev.lockstep.watch.User;
import dev.lockstep.watch.VersionWatch;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rooms, wired together by hand, so that a test can have the whole operator without CDI. */
public final class Rooms implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rooms.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Long enough for the reconciler's threads to meet, and too short for anybody to notice. */
    private static final Duration LINGER = Duration.ofMillis(10);

    private final Clock clock = Clock.systemUTC();
    private final Wakes wakes = new Wakes();
    private final ConditionMetrics conditions = new ConditionMetrics();
    private final Leadership leadership = new Leadership();
    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "events"));
    private final ScheduledExecutorService restarts =
            Executors.newSingleThreadScheduledExecutor(task -> thread(task, "rollout"));
    private final boolean scoped;
    private final References references;
    private final Generators<User> generators;
    private final KubernetesServiceAccounts accounts;
    private final AwsSecretSources sources;
    private final VersionWatch watch;
    private final EsoTakeOver takeOver;
    private final ExternalSecretEvents externalSecretEvents;
    private final StoreResolver storeResolver;
    private final SecretSync secretSync;
    private final Optional<Rollouts> rollouts;
    private final RolledOut rolledOut;
    private final StatusReport statusReport;
    private final Announcer announcer;
    private final StoreReconciliation storeReconciliation;
    private final EventRecorder events;
    private final boolean clusterExternalSecrets;
    private final EsoClusterTakeOver clusterTakeOver;
    private final ClusterExternalSecretEvents clusterExternalSecretEvents;
    private final NamespaceProvisioning provisioning;

    /**
     * @param environment where AWS's own settings stand, such as endpoints
     */
    public Rooms(
            KubernetesClient client,
            LockstepConfig config,
            Map<String, String> environment,
            MeterRegistry registry) {
        var random = new Random();
        var options = options(config);
        var metrics = new OperatorMetrics(registry);
        references = new References(client, wakes::changed);
        generators = new Generators<>(client, wakes::wake);
        var namespaces = config.namespaces().orElse(Set.of());
        scoped = !namespaces.isEmpty();
        accounts = new KubernetesServiceAccounts(client, namespaces, wakes::serviceAccountChanged);
        sources =
                new AwsSecretSources(
                        new AwsOptions(config.clusterName()),
                        accounts,
                        new KubernetesCredentialSecrets(references),
                        metrics,
                        environment,
                        clock);
        events = new EventRecorder(client, clock, executor);
        var served = served(client);
        watch = new VersionWatch(clock, random, wakes::wake, metrics);
        var reads = new SharedReads(clock, LINGER, watch);
        var history = new SyncHistory(random);
        externalSecretEvents = new ExternalSecretEvents(client, wakes, leadership, namespaces);
        var generatorResolver =
                new GeneratorResolver(generators, sources, references, wakes, scoped);
        storeResolver =
                new StoreResolver(
                        externalSecretEvents,
                        sources,
                        references,
                        generatorResolver,
                        options.controllerClass(),
                        scoped);
        var writer = new SecretWriter(client);
        var targets = new TargetSecrets(externalSecretEvents, new SecretReader(client), writer);
        var templates = new Templates(FunctionLibrary::all);
        var contents = new TemplateContents(references);
        secretSync =
                new SecretSync(
                        storeResolver,
                        generatorResolver,
                        new Gatherer(
                                watch,
                                targets,
                                history,
                                contents,
                                templates,
                                options.minRefreshInterval()),
                        new ValueFetch(reads),
                        new Generating(sources, new SecureRandom()),
                        targets,
                        writer,
                        history,
                        new TemplateRuns(contents, templates, new SecureRandom()),
                        clock);
        rollouts =
                config.rollout().enabled()
                        ? Optional.of(
                                new Rollouts(
                                        client,
                                        config.controllerClass(),
                                        namespaces,
                                        new RestartRequests(
                                                externalSecretEvents,
                                                storeResolver,
                                                targets,
                                                events,
                                                wakes),
                                        leadership::held,
                                        clock,
                                        restarts))
                        : Optional.empty();
        rolledOut = new RolledOut(rollouts);
        statusReport =
                new StatusReport(
                        new Heartbeat(options.statusHeartbeat()),
                        served,
                        rolledOut,
                        clock.instant());
        announcer = new Announcer(events, metrics, conditions);
        storeReconciliation =
                new StoreReconciliation(
                        new StoreValidation(storeResolver, sources, watch, reads, references),
                        watch,
                        history,
                        events,
                        conditions,
                        served,
                        options,
                        clock);
        var finalizer = new EsoFinalizer(client);
        var release =
                new EsoFinalizerRelease(
                        finalizer, es -> leadership.held() && storeResolver.isOurs(es), executor);
        takeOver = new EsoTakeOver(finalizer, release, events);
        clusterExternalSecrets = !scoped && config.clusterExternalSecrets();
        clusterTakeOver =
                new EsoClusterTakeOver(
                        new EsoClusterFinalizers(client), events, leadership, executor);
        clusterExternalSecretEvents =
                new ClusterExternalSecretEvents(externalSecretEvents, clusterTakeOver, leadership);
        provisioning =
                new NamespaceProvisioning(
                        externalSecretEvents, new ProvisionedExternalSecrets(client));
        accounts.start(PATIENCE);
        rollouts.ifPresent(r -> r.start(PATIENCE));
        leadership.onGained(() -> rollouts.ifPresent(Rollouts::leadershipGained));
        leadership.onGained(watch::start);
        leadership.onEnded(watch::stop);
    }

    private static ReconcileOptions options(LockstepConfig config) {
        return new ReconcileOptions(
                new ControllerClass(config.controllerClass()),
                config.minRefreshInterval(),
                config.storeRefreshInterval(),
                config.statusHeartbeat());
    }

    Clock clock() {
        return clock;
    }

    Wakes wakes() {
        return wakes;
    }

    /** Registered by whoever serves metrics. */
    public ConditionMetrics conditions() {
        return conditions;
    }

    ExternalSecretEvents externalSecretEvents() {
        return externalSecretEvents;
    }

    StoreResolver storeResolver() {
        return storeResolver;
    }

    SecretSync secretSync() {
        return secretSync;
    }

    StatusReport statusReport() {
        return statusReport;
    }

    RolledOut rolledOut() {
        return rolledOut;
    }

    Announcer announcer() {
        return announcer;
    }

    StoreReconciliation storeReconciliation() {
        return storeReconciliation;
    }

    /** The operator's reconcilers, for whoever does without CDI. */
    public List<Reconciler<?>> reconcilers() {
        var reconcilers = new ArrayList<Reconciler<?>>();
        reconcilers.add(
                new ExternalSecretReconciler(
                        externalSecretEvents,
                        storeResolver,
                        secretSync,
                        statusReport,
                        takeOver,
                        announcer,
                        rolledOut,
                        clock));
        reconcilers.add(new SecretStoreReconciler(storeReconciliation, wakes));
        if (!scoped) {
            reconcilers.add(new ClusterSecretStoreReconciler(storeReconciliation, wakes));
        }
        if (clusterExternalSecrets) {
            reconcilers.add(
                    new ClusterExternalSecretReconciler(
                            externalSecretEvents,
                            clusterExternalSecretEvents,
                            provisioning,
                            clusterTakeOver,
                            events,
                            conditions));
        }
        return reconcilers;
    }

    EventRecorder events() {
        return events;
    }

    ClusterExternalSecretEvents clusterExternalSecretEvents() {
        return clusterExternalSecretEvents;
    }

    NamespaceProvisioning provisioning() {
        return provisioning;
    }

    EsoClusterTakeOver clusterTakeOver() {
        return clusterTakeOver;
    }

    EsoTakeOver takeOver() {
        return takeOver;
    }

    boolean watchesServiceAccounts() {
        return accounts.isWatching();
    }

    boolean watchesWorkloads() {
        return rollouts.map(Rollouts::isWatching).orElse(true);
    }

    /** Told by whoever elects the leader. */
    public Leadership leadership() {
        return leadership;
    }

    private static ServedSchema served(KubernetesClient client) {
        var served = ServedSchema.lookUp(client);
        if (!served.missing().isEmpty()) {
            LOG.warn(
                    "the installed CRDs do not have {}, so these are not written: apply Lockstep's CRDs to have them",
                    String.join(", ", served.missing()));
        }
        return served;
    }

    private static Thread thread(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        watch.stop();
        restarts.shutdownNow();
        rollouts.ifPresent(Rollouts::close);
        executor.shutdownNow();
        references.close();
        generators.close();
        accounts.close();
        sources.close();
    }
}
