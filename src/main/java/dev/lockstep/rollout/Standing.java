package dev.lockstep.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * Where a workload stands with the last change of a Secret.
 *
 * @param detail in words, where there is something to say
 * @param until when it may stand elsewhere by the clock alone
 */
record Standing(Kind kind, String detail, Optional<Instant> until) {
    /** From the one that is told first to the one that is told last. */
    enum Kind {
        /** Kubernetes refused its restart. */
        REFUSED("RestartRefused"),
        /** Its restart did not end in time. */
        FAILED("RolloutFailed"),
        /** It is listed, and does not exist. */
        MISSING("TargetNotFound"),
        /** It was restarted, and that was taken back. */
        OVERRIDDEN("Overridden"),
        ROLLING("RollingOut"),
        /** It is to be restarted. */
        DUE("Waiting"),
        PAUSED("Paused"),
        ON_DELETE("OnDelete"),
        /** Its pods have the value, or there are none. */
        CURRENT("RolledOut");

        private final String reason;

        Kind(String reason) {
            this.reason = reason;
        }

        /** Of the condition, when no workload stands worse. */
        String reason() {
            return reason;
        }
    }

    static Standing of(Kind kind) {
        return of(kind, "");
    }

    static Standing of(Kind kind, String detail) {
        return new Standing(kind, detail, Optional.empty());
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** From the cluster alone (semantics 31). */
    static Standing of(Tracked tracked, String secret, Change change, Instant now) {
        var workload = tracked.workload();
        return workload.restartsByTime()
                ? byTime(tracked, change, now)
                : byAnnotation(tracked, RestartAnnotation.of(secret), change, now);
    }

    private static Standing byAnnotation(
            Tracked tracked, String annotation, Change change, Instant now) {
        var began = tracked.firstCarrying(annotation, change.revision());
        if (change.revision().equals(tracked.workload().restarts().get(annotation))) {
            var newest = tracked.newest();
            // What was rolled out since then is watched by whoever wanted it.
            return began.isPresent() && newest.filter(began.get()::isBefore).isPresent()
                    ? of(Kind.CURRENT)
                    : started(tracked.workload(), began, now);
        }
        return began.isPresent() ? of(Kind.OVERRIDDEN) : unlessYounger(tracked, change);
    }

    /** Argo Rollouts keeps the time of the last restart that it finished. */
    private static Standing byTime(Tracked tracked, Change change, Instant now) {
        var workload = tracked.workload();
        var covered =
                workload.restartAt()
                        .filter(at -> !at.isBefore(change.toTheFullSecond()))
                        .isPresent();
        return covered ? started(workload, Optional.empty(), now) : unlessYounger(tracked, change);
    }

    private static Standing unlessYounger(Tracked tracked, Change change) {
        if (tracked.newest().filter(change.outdates()::isAfter).isEmpty()) {
            return of(Kind.CURRENT);
        }
        return switch (tracked.workload().hold()) {
            case NONE -> of(Kind.DUE);
            case PAUSED -> of(Kind.PAUSED);
            case SCALED_TO_ZERO -> of(Kind.CURRENT);
            case ON_DELETE -> of(Kind.ON_DELETE);
        };
    }

    private static Standing started(Workload workload, Optional<Instant> began, Instant now) {
        var progress = workload.progress();
        return switch (progress.kind()) {
            case COMPLETE -> of(Kind.CURRENT);
            case FAILED -> of(Kind.FAILED, progress.detail());
            case ROLLING -> rolling(workload, began.or(workload::appliedAt), now);
        };
    }

    private static Standing rolling(Workload workload, Optional<Instant> began, Instant now) {
        var detail = workload.progress().detail();
        if (workload.hold() == Workload.Hold.PAUSED) {
            return of(Kind.PAUSED);
        }
        if (workload.hold() == Workload.Hold.ON_DELETE) {
            return of(Kind.ON_DELETE);
        }
        var end = began.flatMap(at -> workload.deadline().map(at::plus));
        return end.filter(at -> !now.isBefore(at)).isPresent()
                ? of(Kind.FAILED, detail)
                : new Standing(Kind.ROLLING, detail, end);
    }
}
