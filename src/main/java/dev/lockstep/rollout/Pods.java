package dev.lockstep.rollout;

import org.jspecify.annotations.Nullable;

/** Numbers of pods as a status has them, where absent means none. */
record Pods(int wanted, int updated, int available) {
    static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }

    boolean areUp() {
        return updated >= wanted && available >= wanted;
    }

    /** In words. */
    @Override
    public String toString() {
        return "of %d pods %d have the new template and %d are available"
                .formatted(wanted, updated, available);
    }
}
