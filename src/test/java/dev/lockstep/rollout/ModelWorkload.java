package dev.lockstep.rollout;

import dev.lockstep.api.WorkloadKind;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A Deployment as Kubernetes' controller keeps it: templates once had are found again. */
final class ModelWorkload {
    private final WorkloadName id;
    private final Set<String> secrets;
    private final List<PodRevision> history = new ArrayList<>();

    /** Templates differ by image and by our annotations. */
    private final List<String> images = new ArrayList<>();

    private SortedMap<String, String> restarts = new TreeMap<>();
    private String image = "app:1";
    private Workload.Hold hold = Workload.Hold.NONE;
    private Progress progress = Progress.COMPLETE;
    private Optional<Duration> deadline = Optional.empty();
    private Optional<Instant> restartAt = Optional.empty();
    private int current = -1;

    private ModelWorkload(WorkloadName id, Set<String> secrets) {
        this.id = id;
        this.secrets = secrets;
    }

    /** Made at this time, and rolled out. */
    static ModelWorkload deployment(String name, Instant created, String... secrets) {
        return of(WorkloadKind.Deployment, name, created, secrets);
    }

    static ModelWorkload of(WorkloadKind kind, String name, Instant created, String... secrets) {
        var workload = new ModelWorkload(new WorkloadName(kind, name), Set.of(secrets));
        workload.roll(created);
        workload.progress = Progress.COMPLETE;
        return workload;
    }

    WorkloadName id() {
        return id;
    }

    Tracked tracked() {
        return new Tracked(
                new Workload(
                        id,
                        "uid-of-" + id,
                        1,
                        secrets,
                        restarts,
                        restartAt,
                        hold,
                        progress,
                        deadline,
                        Optional.empty()),
                history);
    }

    /** As the operator writes it. */
    void restart(Restart restart, Instant now) {
        if (id.kind() == WorkloadKind.Rollout) {
            restartAt = restart.restartAt();
            progress = Progress.rolling("restarting");
        } else {
            restarts = new TreeMap<>(restart.annotations());
            roll(now);
        }
    }

    /** {@code kubectl rollout undo}: to the template before. */
    void undo(Instant now) {
        if (history.size() > 1) {
            var to = current == 0 ? 1 : current - 1;
            restarts = new TreeMap<>(history.get(to).restarts());
            image = images.get(to);
            roll(now);
        }
    }

    /** As a GitOps tool that owns all of the template. */
    void takeAnnotationsAway(Instant now) {
        restarts = new TreeMap<>();
        roll(now);
    }

    void newImage(Instant now) {
        image = "app:" + (history.size() + 1);
        roll(now);
    }

    private void roll(Instant now) {
        for (int i = 0; i < history.size(); i++) {
            if (images.get(i).equals(image) && history.get(i).restarts().equals(restarts)) {
                progress = i == current ? progress : Progress.rolling("0 of 1 pods are available");
                current = i;
                return;
            }
        }
        images.add(image);
        history.add(new PodRevision(now.truncatedTo(ChronoUnit.SECONDS), restarts));
        current = history.size() - 1;
        progress = Progress.rolling("0 of 1 pods are available");
    }

    boolean isRolling() {
        return progress.kind() == Progress.Kind.ROLLING;
    }

    ModelWorkload up() {
        progress = Progress.COMPLETE;
        return this;
    }

    ModelWorkload fails(String why) {
        progress = Progress.failed(why);
        return this;
    }

    ModelWorkload held(Workload.Hold why) {
        hold = why;
        return this;
    }

    ModelWorkload deadline(Duration within) {
        deadline = Optional.of(within);
        return this;
    }

    Map<String, String> restarts() {
        return restarts;
    }

    Optional<Instant> restartAt() {
        return restartAt;
    }

    /** When the template of its newest pods was made. */
    Instant newest() {
        return tracked().newest().orElseThrow();
    }

    /** Whether a template of it ever had this revision of the Secret. */
    boolean everCarried(String secret, String revision) {
        return tracked().firstCarrying(RestartAnnotation.of(secret), revision).isPresent();
    }

    /** Before the controller has seen it. */
    ModelWorkload withoutHistory() {
        history.clear();
        return this;
    }
}
