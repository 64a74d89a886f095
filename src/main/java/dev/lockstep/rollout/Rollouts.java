package dev.lockstep.rollout;

import dev.lockstep.api.Condition;
import dev.lockstep.cluster.ApiFailures;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a namespace when something in it has changed or time has come, restarts what is due, and
 * keeps what is to be said of it. One look at a time, so that restarts at a time can be counted.
 *
 * <p>What it keeps is a copy of what the cluster says, and is made anew after a restart.
 */
public final class Rollouts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rollouts.class);
    private static final String FIELD_MANAGER = "restart.lockstep.dev";

    /** What changes together is looked at together. */
    private static final Duration GATHER = Duration.ofMillis(200);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(30);

    private final RolloutRequests requests;
    private final BooleanSupplier leads;
    private final Clock clock;
    private final ScheduledExecutorService executor;
    private final WorkloadApi api;
    private final WorkloadWatch watch;
    private final Map<String, Instant> looks = new HashMap<>();
    private final Map<String, Map<String, Condition>> told = new ConcurrentHashMap<>();

    /**
     * @param controllerClass operators of different classes may serve one namespace
     * @param namespaces that the operator is bound to; none for all
     * @param leads whether this process may write
     * @param executor runs the looks; the caller ends it
     */
    public Rollouts(
            KubernetesClient client,
            String controllerClass,
            Set<String> namespaces,
            RolloutRequests requests,
            BooleanSupplier leads,
            Clock clock,
            ScheduledExecutorService executor) {
        this.requests = requests;
        this.leads = leads;
        this.clock = clock;
        this.executor = executor;
        this.api = new WorkloadApi(client, fieldManager(controllerClass));
        this.watch = new WorkloadWatch(client, api, namespaces, this::workloadChanged);
    }

    private static String fieldManager(String controllerClass) {
        return controllerClass.equals("default")
                ? FIELD_MANAGER
                : FIELD_MANAGER + "/" + controllerClass;
    }

    /**
     * Fills the caches.
     *
     * @throws IllegalStateException when that takes too long
     */
    public void start(Duration patience) {
        watch.start(patience);
    }

    /** Whether changes of workloads are heard of just now. */
    public boolean isWatching() {
        return watch.isWatching();
    }

    /** What the condition RolledOut says; empty before the first look. */
    public Optional<Condition> condition(String namespace, String externalSecret) {
        return Optional.ofNullable(told.getOrDefault(namespace, Map.of()).get(externalSecret));
    }

    /** Another process may have left something to do. */
    public void leadershipGained() {
        requests.namespaces().forEach(this::look);
    }

    /** Something that matters here may have changed. */
    public void look(String namespace) {
        told.computeIfAbsent(namespace, any -> new ConcurrentHashMap<>());
        look(namespace, GATHER);
    }

    /** Elsewhere nobody asks for restarts. */
    private void workloadChanged(String namespace) {
        if (told.containsKey(namespace)) {
            look(namespace, GATHER);
        }
    }

    private void look(String namespace, Duration in) {
        var at = clock.instant().plus(in);
        synchronized (looks) {
            var next = looks.get(namespace);
            if (next != null && !at.isBefore(next)) {
                return;
            }
            looks.put(namespace, at);
        }
        try {
            executor.schedule(() -> lookAt(namespace, at), in.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("the operator stops, so nothing is restarted any more");
        }
    }

    private void lookAt(String namespace, Instant at) {
        synchronized (looks) {
            if (!looks.remove(namespace, at)) {
                return;
            }
        }
        if (!leads.getAsBoolean()) {
            return;
        }
        try {
            look(namespace, new Look(namespace));
        } catch (RuntimeException e) {
            LOG.error("cannot look after the workloads of namespace {}", namespace, e);
            look(namespace, AFTER_TROUBLE);
        }
    }

    private void look(String namespace, Look look) {
        look.carryOut();
        look.tell();
        look.nextLook().ifPresent(in -> look(namespace, in));
    }

    /** One look at one namespace. */
    private final class Look {
        private final String namespace;
        private final List<RolloutRequest> asked;
        private final Map<WorkloadName, Tracked> workloads = new TreeMap<>();
        private final Map<WorkloadName, String> refused = new HashMap<>();
        private RolloutPlan plan;

        Look(String namespace) {
            this.namespace = namespace;
            asked = requests.in(namespace);
            if (!asked.isEmpty()) {
                watch.in(namespace).forEach(w -> workloads.put(w.workload().id(), w));
            }
            plan = plan();
        }

        private RolloutPlan plan() {
            return RolloutPlan.of(asked, workloads.values(), refused, clock.instant());
        }

        /** Each time one less is to be restarted: it is, or cannot be, or needs not be any more. */
        void carryOut() {
            while (!plan.restarts().isEmpty()) {
                var id = plan.restarts().get(0).workload().id();
                try {
                    carryOut(id);
                } catch (KubernetesClientException e) {
                    var what = id.kind() + " " + namespace + "/" + id.name();
                    refused.put(id, ApiFailures.of(what, e).message());
                }
                plan = plan();
            }
        }

        /** Caches may be late, and what is done cannot be taken back: so it is planned live. */
        private void carryOut(WorkloadName id) {
            var live = api.live(namespace, id);
            workloads.remove(id);
            live.ifPresent(found -> workloads.put(id, found));
            var renewed = plan();
            for (var restart : renewed.restarts()) {
                if (restart.workload().id().equals(id)) {
                    var due = due(renewed, id);
                    var written = api.write(namespace, restart);
                    watch.wrote(namespace, written);
                    workloads.put(id, new Tracked(written, workloads.get(id).history()));
                    LOG.info(
                            "{} restarted for {}",
                            id,
                            due.stream().map(RolloutRequest::secret).toList());
                    due.forEach(r -> requests.restarted(namespace, r, id.toString()));
                }
            }
        }

        private List<RolloutRequest> due(RolloutPlan plan, WorkloadName id) {
            return asked.stream()
                    .filter(
                            request ->
                                    Optional.ofNullable(plan.standings(request).get(id))
                                            .filter(s -> s.is(Standing.Kind.ROLLING))
                                            .isPresent())
                    .toList();
        }

        void tell() {
            var before = told.getOrDefault(namespace, Map.of());
            if (asked.isEmpty()) {
                told.remove(namespace);
                return;
            }
            var now = new ConcurrentHashMap<String, Condition>();
            for (var request : asked) {
                var condition = RolloutReport.condition(request, plan.standings(request));
                now.put(request.externalSecret(), condition);
                if (!condition.equals(before.get(request.externalSecret()))) {
                    warn(request, condition);
                }
            }
            told.put(namespace, now);
            now.forEach(
                    (name, condition) -> {
                        if (!condition.equals(before.get(name))) {
                            requests.conditionChanged(namespace, name);
                        }
                    });
        }

        private void warn(RolloutRequest request, Condition condition) {
            if (RolloutReport.isFailure(condition)) {
                requests.failed(namespace, request, condition.reason(), condition.message());
            }
        }

        Optional<Duration> nextLook() {
            var byClock = plan.nextLook().map(at -> Duration.between(clock.instant(), at));
            if (refused.isEmpty()) {
                return byClock.map(in -> in.isNegative() ? GATHER : in.plus(GATHER));
            }
            return Optional.of(AFTER_TROUBLE);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
