package dev.lockstep.sandbox.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What happened and when: one line per step, seconds since the start in the left column. */
final class Timeline {

    private final PrintStream out;
    private final LongSupplier nanos;
    private final long start;

    Timeline(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        start = nanos.getAsLong();
    }

    void step(String text) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", elapsed().toMillis() / 1000.0, text);
    }

    /** A line that belongs to the one above. */
    void detail(String text) {
        out.println("          " + text);
    }

    void blank() {
        out.println();
    }

    Duration elapsed() {
        return Duration.ofNanos(nanos.getAsLong() - start);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
