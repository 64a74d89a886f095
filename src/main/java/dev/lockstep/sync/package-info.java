/**
 * What to do, decided by pure functions: no client, no clock. This part plans the writing of
 * Secrets: desired and actual Secret go in, a {@link dev.lockstep.sync.SecretPlan} comes out.
 */
@NullMarked
package dev.lockstep.sync;

import org.jspecify.annotations.NullMarked;
