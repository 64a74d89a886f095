package dev.lockstep.sandbox.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What AWS tells about a secret's rotation. Nothing here rotates by itself.
 *
 * @param lastRotated null when it never was
 * @param next null when none is planned; in the past when it is overdue
 */
public record Rotation(boolean enabled, @Nullable Instant lastRotated, @Nullable Instant next) {}
