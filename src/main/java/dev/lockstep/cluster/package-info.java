/**
 * Kubernetes I/O: writes Secrets, watches what is referenced, records events. Knows {@code api},
 * {@code sync} and {@code source}, and decides nothing: what to write is planned by {@code sync}.
 */
@NullMarked
package dev.lockstep.cluster;

import org.jspecify.annotations.NullMarked;
