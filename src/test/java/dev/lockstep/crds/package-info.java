/**
 * The CRDs under {@code crds/}: generated from the types of {@code dev.lockstep.api}, and shown on
 * a real API server.
 */
@NullMarked
package dev.lockstep.crds;

import org.jspecify.annotations.NullMarked;
