/**
 * The reconcilers: gather, decide, act, report. Alone with the Java Operator SDK, but for its beans
 * in {@code config}.
 */
@NullMarked
package dev.lockstep.reconcile;

import org.jspecify.annotations.NullMarked;
