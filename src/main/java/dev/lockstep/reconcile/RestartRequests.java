package dev.lockstep.reconcile;

import dev.lockstep.api.ExternalSecret;
import dev.lockstep.cluster.EventRecorder;
import dev.lockstep.rollout.Change;
import dev.lockstep.rollout.RolloutRequest;
import dev.lockstep.rollout.RolloutRequests;
import dev.lockstep.sync.SecretAnnotations;
import dev.lockstep.sync.SpecChecks;
import dev.lockstep.sync.TargetSecret;
import dev.lockstep.watch.User;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** ExternalSecrets that ask for restarts, from the reconciler's caches. */
public final class RestartRequests implements RolloutRequests {
    private final ExternalSecretEvents events;
    private final StoreResolver stores;
    private final TargetSecrets targets;
    private final EventRecorder recorder;
    private final Wakes wakes;

    public RestartRequests(
            ExternalSecretEvents events,
            StoreResolver stores,
            TargetSecrets targets,
            EventRecorder recorder,
            Wakes wakes) {
        this.events = events;
        this.stores = stores;
        this.targets = targets;
        this.recorder = recorder;
        this.wakes = wakes;
    }

    @Override
    public List<RolloutRequest> in(String namespace) {
        return events.externalSecretsIn(namespace)
                .filter(es -> es.spec().rolloutOrDefault().asksForRestarts())
                .filter(es -> !es.isMarkedForDeletion())
                .filter(stores::isOurs)
                .filter(es -> SpecChecks.problems(es).isEmpty())
                .map(this::request)
                .toList();
    }

    private RolloutRequest request(ExternalSecret externalSecret) {
        return new RolloutRequest(
                externalSecret.getMetadata().getName(),
                externalSecret.spec().rolloutOrDefault(),
                externalSecret.targetName(),
                targets.known(externalSecret)
                        .flatMap(target -> change(externalSecret, target))
                        .map(change -> asMade(externalSecret, change)));
    }

    private static Optional<Change> change(ExternalSecret externalSecret, TargetSecret target) {
        var policy = externalSecret.spec().target().creationPolicyOrDefault();
        var carried =
                SecretAnnotations.of(policy, externalSecret.getMetadata().getName())
                        .carried(target.annotations());
        return carried.changedAt()
                .flatMap(at -> carried.revision().map(revision -> new Change(revision, at)));
    }

    private Change asMade(ExternalSecret externalSecret, Change change) {
        var namespace = externalSecret.getMetadata().getNamespace();
        return events.secret(namespace, externalSecret.targetName())
                .map(secret -> secret.getMetadata().getCreationTimestamp())
                .map(created -> change.ofSecretMadeAt(Instant.parse(created)))
                .orElse(change);
    }

    @Override
    public Collection<String> namespaces() {
        return events.externalSecrets()
                .filter(es -> es.spec().rolloutOrDefault().asksForRestarts())
                .map(es -> es.getMetadata().getNamespace())
                .collect(Collectors.toSet());
    }

    @Override
    public void conditionChanged(String namespace, String externalSecret) {
        wakes.wake(new User(namespace, externalSecret));
    }

    @Override
    public void restarted(String namespace, RolloutRequest request, String workload) {
        var message =
                "%s restarted, as Secret %s has changed".formatted(workload, request.secret());
        about(namespace, request, es -> recorder.normal(es, "Restarted", workload, message));
    }

    @Override
    public void failed(String namespace, RolloutRequest request, String reason, String message) {
        about(namespace, request, es -> recorder.warning(es, reason, "", message));
    }

    private void about(String namespace, RolloutRequest request, Consumer<ExternalSecret> record) {
        events.externalSecretsIn(namespace)
                .filter(es -> es.getMetadata().getName().equals(request.externalSecret()))
                .forEach(record);
    }
}
