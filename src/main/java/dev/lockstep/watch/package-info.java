/**
 * Watches version ids for everything that is synced, and reads values once for all who ask: knows
 * the {@code source} port and neither AWS nor Kubernetes.
 */
@NullMarked
package dev.lockstep.watch;

import org.jspecify.annotations.NullMarked;
