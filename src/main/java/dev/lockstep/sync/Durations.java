package dev.lockstep.sync;

import dev.lockstep.api.GoDuration;
import java.time.Duration;
import java.util.stream.Stream;

/** Checks of durations, which no schema can make. */
final class Durations {

    private Durations() {}

    /** Any duration that Go can read. */
    static Stream<SpecProblem> check(String path, String text) {
        return GoDuration.parse(text).isPresent()
                ? Stream.empty()
                : Stream.of(unreadable(path, text));
    }

    /**
     * @param least the shortest duration that makes sense
     */
    static Stream<SpecProblem> check(String path, String text, Duration least) {
        var duration = GoDuration.parse(text);
        if (duration.isEmpty()) {
            return Stream.of(unreadable(path, text));
        }
        return duration.get().compareTo(least) >= 0
                ? Stream.empty()
                : Stream.of(
                        SpecProblem.invalid(
                                path,
                                "%s is too short: write at least %ds"
                                        .formatted(text, least.toSeconds())));
    }

    private static SpecProblem unreadable(String path, String text) {
        return SpecProblem.invalid(
                path, "'%s' is no duration: write it as 1h, 5m30s or 90s".formatted(text));
    }
}
