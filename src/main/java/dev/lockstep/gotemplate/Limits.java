package dev.lockstep.gotemplate;

import java.time.Duration;

/**
 * What one run of a template may use, so that none can hang the operator or fill its memory.
 *
 * @param steps nodes walked, functions called, loop rounds, and what functions charge
 * @param bytes of output and of values made, counted as they are made and never given back
 * @param depth of templates and values within each other
 */
public record Limits(long steps, long bytes, int depth, Duration time) {
    /** Far above what a Secret of 1 MiB needs. */
    public static final Limits DEFAULT =
            new Limits(1_000_000, 16 << 20, 250, Duration.ofSeconds(5));
}
