package dev.lockstep.sync;

import dev.lockstep.api.GoDuration;
import dev.lockstep.api.SyncWindowKind;
import dev.lockstep.api.SyncWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code spec.syncWindows} hold back now: syncs whose only cause is a moved version or the
 * refresh interval (semantics 6). A window is open from the moment of its schedule until its
 * duration has passed.
 *
 * @param until when it ends; empty where windows that deny follow each other without an end in
 *     sight
 */
public record SyncHold(Optional<Instant> until) {
    /** Enough for two weeks of windows a minute each. */
    private static final int WINDOWS_IN_A_ROW = 20_000;

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private record Window(Schedule schedule, Duration duration) {
        /** When a window ends that is open at that moment; the earliest, where several are. */
        Optional<Instant> endIfOpen(Instant at) {
            return schedule.next(at.minus(duration))
                    .filter(opened -> !opened.isAfter(at))
                    .map(opened -> opened.plus(duration));
        }
    }

    /** Empty where a sync may happen now. The spec has been checked. */
    public static Optional<SyncHold> of(@Nullable SyncWindows spec, Instant now) {
        if (spec == null) {
            return Optional.empty();
        }
        var windows = windows(spec);
        return spec.kind().equals(SyncWindowKind.deny.name())
                ? whileOpen(windows, now)
                : whileShut(windows, now);
    }

    private static Optional<SyncHold> whileShut(List<Window> windows, Instant now) {
        if (windows.stream().anyMatch(window -> window.endIfOpen(now).isPresent())) {
            return Optional.empty();
        }
        return Optional.of(
                new SyncHold(
                        windows.stream()
                                .flatMap(window -> window.schedule.next(now).stream())
                                .min(Instant::compareTo)));
    }

    private static Optional<SyncHold> whileOpen(List<Window> windows, Instant now) {
        var at = now;
        for (var i = 0; i < WINDOWS_IN_A_ROW; i++) {
            var moment = at;
            var end =
                    windows.stream()
                            .flatMap(window -> window.endIfOpen(moment).stream())
                            .max(Instant::compareTo);
            if (end.isEmpty()) {
                return at.equals(now)
                        ? Optional.empty()
                        : Optional.of(new SyncHold(Optional.of(at)));
            }
            at = end.get();
        }
        return Optional.of(new SyncHold(Optional.empty()));
    }

    private static List<Window> windows(SyncWindows spec) {
        var windows = new ArrayList<Window>();
        for (var window : spec.windows()) {
            try {
                windows.add(
                        new Window(
                                Schedule.parse(window.schedule()),
                                GoDuration.parse(window.duration()).orElseThrow()));
            } catch (ScheduleSyntaxException e) {
                throw new IllegalStateException("the spec has been checked", e);
            }
        }
        return windows;
    }

    /** What is wrong with windows; ESO overlooks such entries, so that nothing holds. */
    static Stream<SpecProblem> problems(String path, @Nullable SyncWindows spec) {
        if (spec == null) {
            return Stream.empty();
        }
        if (spec.kind().isEmpty()) {
            return Stream.of(SpecProblem.invalid(path + ".kind", "write allow or deny"));
        }
        return spec.windows().isEmpty()
                ? Stream.of(
                        SpecProblem.invalid(
                                path + ".windows", "it is empty: write at least one window"))
                : Paths.indexed(path + ".windows", spec.windows(), SyncHold::problems);
    }

    private static Stream<SpecProblem> problems(String path, SyncWindows.Window window) {
        return Stream.concat(
                schedule(path + ".schedule", window.schedule()),
                Durations.check(path + ".duration", window.duration(), SHORTEST));
    }

    private static Stream<SpecProblem> schedule(String path, String text) {
        try {
            return Schedule.parse(text).next(Instant.EPOCH).isPresent()
                    ? Stream.empty()
                    : Stream.of(
                            SpecProblem.invalid(
                                    path,
                                    "'%s' names a day that never comes: correct it"
                                            .formatted(text)));
        } catch (ScheduleSyntaxException e) {
            return Stream.of(
                    SpecProblem.invalid(
                            path, "'%s' is no schedule; %s".formatted(text, e.getMessage())));
        }
    }
}
