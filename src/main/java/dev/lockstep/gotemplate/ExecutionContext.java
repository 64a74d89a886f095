package dev.lockstep.gotemplate;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * What a run of a template takes from outside.
 *
 * @param now what the functions of time take for the present
 * @param random what keys and passwords are made of
 * @param nanoTime a stopwatch, to end a run that takes too long
 */
public record ExecutionContext(
        Instant now, SecureRandom random, LongSupplier nanoTime, Limits limits) {}
